# أين أصوّت؟

own-station-title = أين أصوّت؟
own-station-number = الرقم القومي
own-station-number-hint = كما هو مطبوع على بطاقتك الشخصية، أرقام فقط
own-station-born = تاريخ الميلاد
own-station-born-hint = كما هو في بطاقتك، ميلاديًا أو هجريًا، مثل ٢٧ ٣ ١٩٨٥
own-station-day = اليوم
own-station-month = الشهر
own-station-year = السنة
own-station-ask = اعرض مكتب اقتراعي
own-station-promise = لا نحتفظ بما تكتبه هنا، ولا نعرض اسم أحد.
own-station-again = استعلام جديد
own-station-yours = مكتب الاقتراع الذي تصوّت فيه
own-station-found = مكتب الاقتراع الذي تصوّت فيه
own-station-on-roll = أنت مقيّد في السجل الانتخابي
own-station-code = رقم المكتب
own-station-open = الاقتراع
own-station-hours = من الساعة { $opens } إلى { $closes }
own-station-unreadable = تعذّرت قراءة ما كتبته
own-station-wrong-number = الرقم القومي من ٦ إلى ٢٠ رقمًا ولا شيء غيرها. اكتبه من جديد.
own-station-wrong-date = لا يوجد تاريخ كهذا. اكتب اليوم والشهر والسنة بالأرقام، والسنة بأربعة أرقام.
own-station-not-found = لا يجتمع هذا الرقم وهذا التاريخ في السجل الانتخابي
own-station-not-found-next = راجع الاثنين في بطاقتك واكتبهما من جديد. فإن كانا صحيحين فاسأل جهة القيد، والكشوف معروضة عندها أيضًا.
own-station-not-placed = أنت مقيّد في السجل الانتخابي
own-station-not-placed-next = لم يُحدَّد مكتب اقتراعك بعد. اسأل مرة أخرى بعد بضعة أيام.
own-station-too-many = محاولات كثيرة
own-station-wait = { $count ->
       [zero] أعد المحاولة الآن.
       [one] انتظر دقيقة واحدة، ثم أعد المحاولة.
       [two] انتظر دقيقتين، ثم أعد المحاولة.
       [few] انتظر { $shown } دقائق، ثم أعد المحاولة.
       [many] انتظر { $shown } دقيقة، ثم أعد المحاولة.
      *[other] انتظر { $shown } دقيقة، ثم أعد المحاولة.
   }
own-station-busy = يسأل كثيرون في هذه اللحظة
own-station-busy-next = أعد المحاولة بعد ثوانٍ.
own-station-not-frozen = لم يُغلق السجل الانتخابي بعد
own-station-not-frozen-next = متى أُغلق عرفتَ من هذه الصفحة أين تصوّت.
own-station-failed = لا جواب لدينا الآن
own-station-failed-next = العطل عندنا لا عندك. أعد المحاولة بعد دقائق، أو اسأل جهة القيد.
