# صور المحاضر: صور ومسح ضوئي للورقة الموقّعة.

image-title = صورة المحضر
image-awaited = لا صورة بعد: لم يرد المحضر.
image-missing = لا صورة محفوظة لهذا المحضر. المحضر محسوب وأرقامه منشورة بدونها.
image-ended-without = لا صورة محفوظة لهذه النسخة. لا تُحسب هذه النسخة، وقد تحل محلها نسخة أخرى.
image-counted-without = لا صورة محفوظة لهذا المحضر. المحضر محسوب، ولا تُعرض أرقامه على أحد قبل إغلاق آخر مكتب في الانتخاب.
image-not-yet = لا صورة محفوظة لهذا المحضر بعد. لم يُحسب المحضر، وقد ترد صورته لاحقًا.
image-missing-since = أُغلق المكتب { $what }.
image-missing-all = كل المحاضر التي لا صورة لها
image-locked = { $count ->
    [zero] لا صورة محفوظة
    [one] صورة محفوظة واحدة لا تُعرض بعد
    [two] صورتان محفوظتان لا تُعرضان بعد
    [few] { $shown } صور محفوظة لا تُعرض بعد
    [many] { $shown } صورة محفوظة لا تُعرض بعد
   *[other] { $shown } صورة محفوظة لا تُعرض بعد
   }
image-locked-why = الصورة تكشف الأصوات، فلا تُعرض إلا بعد إغلاق آخر مكتب في الانتخاب.
image-page = الصفحة { $shown }
image-size = { $shown } كيلوبايت
image-kind-jpeg = JPEG
image-kind-png = PNG
image-alternative = صورة المحضر الموقّع: { $what }. بنوده مكتوبة في هذه الصفحة.
image-digest = SHA-256
image-send = إرسال صورة الورقة
image-send-now = أرسل الصورة
image-choose = صورة المحضر الموقّع
image-hint = ‏JPEG أو PNG، ‏٦ ميغابايت على الأكثر، وتظهر فيها حواف الورقة الأربع. يُحذف ما تكتبه الكاميرا بجانب الصورة من موقع ووقت وأسماء.
image-on-record = المحفوظ
image-none-yet = لا صورة لهذا المحضر بعد.
image-not-shown = لا تُعرض الصور هنا لأنها تكشف الأصوات. تُنشر بعد إغلاق آخر مكتب في الانتخاب.
image-recorded = حُفظت الصورة
image-recorded-help = إن كانت للورقة صفحة أخرى فأرسل صورتها الآن.
image-already = هذه الصورة محفوظة من قبل
image-not-recorded = لم تُحفظ الصورة
image-closed = لا تُقبل صورة لهذا المحضر الآن
image-closed-help = تُرسل الصورة بعد ورود الأرقام وقبل قبول المحضر.
image-missing-title = محاضر بلا صورة
image-missing-of = { $part } من { $shown } من المحاضر الواردة
image-missing-note = المحضر الذي حالته «مقبول» محسوب ومنشور بدون صورة للورقة. وقد ترد صور المحاضر الأخرى لاحقًا.
image-missing-locked = المحضر الذي حالته «مقبول» محسوب بدون صورة للورقة، وقد ترد صور المحاضر الأخرى لاحقًا. لا تُعرض الأرقام ولا الصور على أحد قبل إغلاق آخر مكتب في الانتخاب.
image-missing-none = لكل محضر ورد صورته.
image-station = مكتب الاقتراع
image-code = الرمز
image-state = الحالة
components-image = صورة المحضر
components-image-ended = انتهت بلا صورة
components-image-published = محسوب ومنشور بلا صورة
components-image-counted = محسوب بلا صورة، محجوب
components-image-not-yet = لا صورة بعد، غير محسوب
developers-door-images = محاضر انتخاب ما التي لا صورة لها
refusal-web-many-images = تُرسل الآن صور كثيرة. انتظر دقيقة ثم أعد الإرسال.
refusal-image-empty = لم يُرسل ملف. اختر صورة أو التقطها أولًا.
refusal-image-too-long = حجم الملف أكبر من ٦ ميغابايت. التقط الصورة بجودة أقل.
refusal-image-not-an-image = الملف ليس JPEG ولا PNG أيًّا كان اسمه. أرسل صورة.
refusal-image-damaged = الصورة تالفة أو مقطوعة. التقطها من جديد وأرسلها كاملة.
refusal-image-too-small = الضلع الأقصر للصورة أقل من ٨٠٠ بكسل فلا يُقرأ المحضر. التقطها بدقة أعلى.
refusal-image-too-large = أحد أضلاع الصورة أكثر من ٨٬٢٠٠ بكسل. التقطها بدقة أقل.
refusal-image-no-sheet = لم يرد المحضر بعد. أرسل أرقامه أولًا ثم الصورة.
refusal-image-wrong-organ = ليس لجهازك دور في صور المحاضر.
refusal-image-of-another-sheet = هذا الملف نفسه صورة محضر آخر. التقط صورة هذه الورقة.
refusal-image-settled = المحضر مقبول أو منتهٍ ولا تُضاف إليه صورة. تُضاف إلى نسخته التالية.
refusal-image-too-many-pages = للمحضر ثماني صور، ولا تُضاف إليه أخرى.
