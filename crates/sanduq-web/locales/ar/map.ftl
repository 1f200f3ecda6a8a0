# الخريطة، والأصوات للبرامج، وما كان متوقعًا.

map-turnout = خريطة نسبة المشاركة بحسب: { $what }
map-leading = خريطة المتقدم بحسب: { $what } – { $instead }
map-step = من { $what } إلى ما دون { $instead }
map-nothing = لم يرد أي تقرير بعد
map-tie = تساوي الأصوات
components-map = الخريطة
components-dots = أماكن بلا حدود
votes-files = هذه الأصوات اختيارًا اختيارًا:
margins-files = هامش كل انتخاب:
hours-files = هذه الساعات كبيانات:
units-files = هذه الوحدات كبيانات:
conditions-files = هذه الأحوال، والمحاضر بحسب حالتها، كبيانات:
developers-door-votes = أصوات وحدة اختيارًا اختيارًا: بجانب كل منها أصواته في الانتخابات السابقة ومقاعده وما نقصه لمقعد آخر
developers-door-margins = هامش المقعد الأخير في كل انتخاب فُرزت محاضره كلها
refusal-law-far-below = عتبة ما دون المتوقع عدد صحيح من ١ إلى ٩٩ في المئة.
refusal-outline-short = في حلقة من الحدود أقل من أربع نقاط؛ أغلقوها أو احذفوها.
refusal-outline-open = حلقة من الحدود لا تنتهي حيث بدأت؛ أغلقوها.
refusal-outline-outside-world = نقطة من الحدود ليست من هذا العالم؛ اكتبوا الدرجات وفق WGS 84.
refusal-outline-point-twice = نقطة من الحدود مكررة مباشرة؛ احذفوا إحداهما.
refusal-outline-no-ground = حلقة من الحدود لا تحيط بشيء؛ احذفوها.
refusal-outline-ring-twice = حلقة من الحدود مكررة؛ احذفوا إحداهما.
refusal-outline-unit-twice = للوحدة حدّان؛ اجمعوهما في واحد.
refusal-outline-unknown-unit = حدود لوحدة غير موجودة؛ صححوا رمزها.
refusal-outline-of-station = لمكتب الاقتراع موضع، وليست له حدود.
refusal-outline-shared = لوحدتين من مستوى واحد حدّ واحد؛ رمز إحداهما خطأ.
refusal-outline-too-long = نقاط الحدود أكثر مما يُقبل؛ بسّطوها.
figure-expected = المتوقع حتى الساعة
expected-none = لا توقع لهذه الساعات: لا انتخابات سابقة تذكر ساعاتها.
need-far-below = { $count ->
       [zero] لا مكتب
       [one] مكتب دون المتوقع كثيرًا
       [two] مكتبان دون المتوقع كثيرًا
       [few] { $shown } مكاتب دون المتوقع كثيرًا
       [many] { $shown } مكتبًا دون المتوقع كثيرًا
      *[other] { $shown } مكتب دون المتوقع كثيرًا
   }
need-what-far-below = دون المتوقع كثيرًا
need-do-far-below = اتصل بالمكتب واسأل عن سبب قلة القادمين.
