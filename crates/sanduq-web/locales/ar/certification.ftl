# اعتماد النتائج.

certify-title = اعتماد النتائج
certify-why = يقترح الجهاز التنفيذي مجاميع الانتخاب ويوقّعها جهاز الرقابة: شخصان من جهازين. وما وقّعه الجهازان نهائي، ولا يتغير بعده محضر من محاضره.
certify-none = لا انتخاب في هذه الحالة.
certify-way = أين وصلت
certify-open = لم تكتمل بعد
certify-ready = جاهزة للاقتراح
certify-proposed = تنتظر جهاز الرقابة
certify-final = اعتمدها الجهازان
certify-in-the-way = ما زال ناقصًا
certify-missing = { $count ->
    [zero] لا مكتب بلا محضر
    [one] مكتب واحد لا محضر له في المجموع
    [two] مكتبان لا محضر لهما في المجموع
    [few] { $shown } مكاتب لا محضر لها في المجموع
    [many] { $shown } مكتبًا لا محضر له في المجموع
   *[other] { $shown } مكتب لا محضر له في المجموع
   }
certify-waiting = { $count ->
    [zero] لا محضر ينتظر
    [one] محضر واحد قيد الإدخال أو موقوف
    [two] محضران قيد الإدخال أو موقوفان
    [few] { $shown } محاضر قيد الإدخال أو موقوفة
    [many] { $shown } محضرًا قيد الإدخال أو موقوفًا
   *[other] { $shown } محضر قيد الإدخال أو موقوف
   }
certify-disputed = { $count ->
    [zero] لا محضر ينتظر جوابًا
    [one] محضر واحد ينتظر الجواب على مقترح
    [two] محضران ينتظران الجواب على مقترح
    [few] { $shown } محاضر تنتظر الجواب على مقترح
    [many] { $shown } محضرًا ينتظر الجواب على مقترح
   *[other] { $shown } محضر ينتظر الجواب على مقترح
   }
certify-signed-by = الموقّع
certify-units = المجاميع نفسها وحدة وحدة
certify-digest = بصمة مجاميع كل الوحدات:
certify-touched = جرى عمل على محضر من محاضر الانتخاب بعد هذا المقترح: لا يوقّعه أحد، ويقترح الجهاز التنفيذي من جديد.
certify-propose = اقتراح الاعتماد
certify-propose-why = تقترح هذه المجاميع بعينها، ويوقّعها جهاز الرقابة أو يرفضها.
certify-sign = توقيع: النتيجة نهائية
certify-sign-why = توقّع هذه المجاميع بعينها، ولا يتغير بعد ذلك محضر من محاضر الانتخاب.
certify-refuse = رفض
certify-refuse-why = تبقى النتيجة كما هي ويجوز اقتراحها من جديد. والسبب يُنشر في السجل.
certify-done-signed = وُقّعت. النتيجة نهائية.
certify-done-refused = رُفضت. والسبب في السجل.
desk-certification = اعتماد النتائج
developers-door-certification = الانتخابات في طريقها إلى الاعتماد: ما ينقصها، ومن اقترح، ومن وقّع
developers-stage = open أو ready أو proposed أو final
