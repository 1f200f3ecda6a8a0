# The result, from the nation down to a station.

result-title = النتائج
figure-registered = المقيدون
figure-eligible = من لهم حق الانتخاب
figure-came = الحضور
figure-voted = من أدلوا بأصواتهم
figure-turnout = نسبة المشاركة
figure-by-reports = بحسب تقارير المكاتب
figure-turnout-of = من أدلوا بأصواتهم من المقيدين
standing-locked = محجوبة حتى إغلاق آخر مكتب
standing-awaited = في انتظار أول محضر
standing-partial = نتيجة جزئية
standing-preliminary = نتيجة أولية
standing-final = نتيجة نهائية اعتمدها الجهازان
coverage-counted = { $count ->
       [zero] لا مكاتب
       [one] { $part } من مكتب واحد احتُسب
       [two] { $part } من مكتبين احتُسب
       [few] احتُسب { $part } من { $shown } مكاتب
       [many] احتُسب { $part } من { $shown } مكتبًا
      *[other] احتُسب { $part } من { $shown } مكتب
   }
choices-choice = الاختيار
choices-votes = الأصوات
choices-share = من الصحيحة
choices-leads = متقدم
choices-none = لا أصوات محسوبة بعد.
locked-title = أصوات المرشحين محجوبة
locked-why = لا يُعلن صوت لأي مرشح قبل أن يُغلق آخر مكتب اقتراع، حتى لا يؤثر إعلانٌ في ناخب.
locked-closed = { $count ->
       [zero] لا مكاتب
       [one] أُغلق { $part } من مكتب واحد
       [two] أُغلق { $part } من مكتبين
       [few] أُغلق { $part } من { $shown } مكاتب
       [many] أُغلق { $part } من { $shown } مكتبًا
      *[other] أُغلق { $part } من { $shown } مكتب
   }
hours-title = نسبة المشاركة ساعة بساعة
hours-hour = الساعة
hours-none = لم يرد أي تقرير بعد.
hours-reporting = { $count ->
       [zero] لا مكاتب
       [one] آخر ساعة: { $part } من مكتب واحد
       [two] آخر ساعة: { $part } من مكتبين
       [few] آخر ساعة: أبلغ { $part } من { $shown } مكاتب
       [many] آخر ساعة: أبلغ { $part } من { $shown } مكتبًا
      *[other] آخر ساعة: أبلغ { $part } من { $shown } مكتب
   }
seats-title = المقاعد
seats-seats = المقاعد
seats-allotted = المقاعد الموزعة
seats-open = مقاعد لم توزع بعد
seats-preliminary-title = مقاعد أولية
seats-preliminary = محسوبة من كل المحاضر؛ لم تُعتمد بعد.
seats-final-title = مقاعد نهائية
seats-final = محسوبة من المجاميع التي اعتمدها الجهازان.
seats-run-off-title = جولة الإعادة
seats-run-off = لم يحصل أحد على الأغلبية المطلوبة؛ تلزم جولة إعادة بين المتقدمين.
seats-lot-title = تساوي الأصوات
seats-lot = الأصوات لا تحسم المقعد الأخير؛ يلزم ما ينص عليه القانون.
seats-reopen-title = إعادة فتح الترشح
seats-reopen = لم يحصل المرشح الوحيد على النسبة المطلوبة.
seats-refused-title = لا مقاعد
seats-refused = قاعدة التوزيع لا تعطي جوابًا على هذه الأرقام.
below-title = الانتخابات في الوحدات الأدنى
below-contests = { $count ->
       [zero] لا انتخابات
       [one] انتخاب واحد
       [two] انتخابان
       [few] { $shown } انتخابات
       [many] { $shown } انتخابًا
      *[other] { $shown } انتخاب
   }
below-seats = المقاعد بحسب القائمة
below-all = كل الانتخابات
units-title = بحسب: { $what }
units-accepted = محاضر مقبولة
units-quarantined = موقوفة
units-total = المجموع
units-of = { $part } / { $shown }
contests-title = الانتخابات
contests-contest = الانتخاب
contests-standing = الحالة
contests-counted = مكاتب محسوبة
