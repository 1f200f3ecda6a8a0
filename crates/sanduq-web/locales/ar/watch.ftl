# The stations one by one on the board, what waits for a person, and the wall.

condition-title = علامة لكل مكتب
condition-table = المكاتب بحسب حالتها
condition-waiting = لم يُفتح بعد
condition-late = تأخر فتحه
condition-open = مفتوح ويبلّغ
condition-silent = مفتوح وصامت
condition-closed = مغلق
condition-held = محضر موقوف أو معاد
condition-counted = دخل المجموع
province-reporting = تبلّغ: { $part } من { $shown } { $count ->
       [zero] مكاتب مفتوحة
       [one] مكتب مفتوح
       [two] مكتبين مفتوحين
       [few] مكاتب مفتوحة
       [many] مكتبًا مفتوحًا
      *[other] مكتب مفتوح
   }
province-sheets = في المجموع: { $part } من { $shown } { $count ->
       [zero] محاضر
       [one] محضر
       [two] محضرين
       [few] محاضر
       [many] محضرًا
      *[other] محضر
   }
province-opened = فُتحت: { $part } من { $shown } { $count ->
       [zero] مكاتب
       [one] مكتب
       [two] مكتبين
       [few] مكاتب
       [many] مكتبًا
      *[other] مكتب
   }
needs-rest = { $count ->
       [zero] القائمة كاملة
       [one] وأمر آخر: القائمة كاملة
       [two] وأمران آخران: القائمة كاملة
       [few] و{ $shown } أمور أخرى: القائمة كاملة
       [many] و{ $shown } أمرًا آخر: القائمة كاملة
      *[other] و{ $shown } أمر آخر: القائمة كاملة
   }
needs-total = { $count ->
       [zero] لا أمر ينتظر
       [one] أمر واحد ينتظر
       [two] أمران ينتظران، أعجلهما أولًا
       [few] { $shown } أمور تنتظر، أعجلها أولًا
       [many] { $shown } أمرًا ينتظر، أعجلها أولًا
      *[other] { $shown } أمر ينتظر، أعجلها أولًا
   }
needs-where = بحسب المكان
need-what-late = لم يُفتح قط
need-what-silent = مفتوح بلا أي بلاغ
need-what-differing = إدخالان مختلفان
need-what-quarantined = محضر موقوف
need-what-returned = محضر معاد إلى مكتبه
need-last-hour = صامت منذ بلاغ { $what }
need-since = إدخالان مختلفان منذ { $what }
need-do-late = اتصل برئيس اللجنة الفرعية، فإن لم يجب فأرسل من يتحقق.
need-do-silent = اتصل بالمكتب واطلب بلاغ الساعة.
need-do-differing = اطلب قراءة الأسطر المختلفة من الورق مرة أخرى.
need-do-quarantined = اعرضه على الجهازين ليقررا فيه.
need-do-returned = اسأل المكتب متى يعود المحضر.
wall-at = أرقام الساعة
components-provinces = محافظات بمكاتبها
components-needs = ما ينتظر إنسانًا
