# البت في المحاضر.

decision-proposal = المقترح
decision-accept = تبقى الأرقام، وتُشرح المطابقات التي لا تصح
decision-correct = أرقام أخرى قُرئت من الورقة ثانية
decision-return = يعاد المحضر إلى المكتب
decision-changes = السطور التي تتغير
decision-was = كان
decision-will = يصير
decision-still-failing = المطابقات التي لا تصح بهذه الأرقام:
decision-digest = بصمة المقترح (SHA-256)
decision-sign = أوقّع عن جهازي
decision-refuse = أرفض التوقيع
decision-reason = سبب رفض جهازي
decision-law-required = بغير التوقيع الثاني يسقط المقترح ويبقى المحضر موقوفًا.
decision-law-record = بحكم القانون يُسجّل الرفض بسببه ويمضي المقترح مع ذلك.
decision-waits = ينتظر الجهاز الآخر.
decision-propose = اقترح قرارًا
decision-outcome = ما مصير المحضر؟
decision-ground = السند القانوني والشرح
decision-ground-hint = المادة وما تبيّن. يُنشر مع المحضر: لا تذكر اسم أحد.
decision-figures = الأرقام كما هي على الورقة
decision-send = أرسل إلى الجهاز الآخر
decision-neighbours = مكاتب المركز الأخرى
decision-station = المكتب
decision-registered = المقيدون
decision-in-box = داخل الصندوق
decision-valid = الصحيحة
decision-invalid = الباطلة
decision-choose = اختر مصير المحضر
decision-choose-help = لا بد من اختيار واحد مما ذُكر.
decision-not-recorded = لم يُسجّل
decision-done-proposed = اقتُرح. ينتظر الجهاز الآخر.
decision-done-answered = سُجّل جواب جهازك.
decision-entries = ما أدخله كل شخص
decision-entries-none = لم يُدخل أحد هذه النسخة هنا سطرًا سطرًا: جاءت كبيانات، أو لا سجل لإدخالها.
decision-entries-alike = قرأ الجميع السطور كلها قراءة واحدة.
decision-entries-differ = { $count ->
       [zero] لا تختلف الإدخالات في أي سطر.
       [one] تختلف الإدخالات في سطر واحد.
       [two] تختلف الإدخالات في سطرين.
       [few] تختلف الإدخالات في { $shown } سطور.
       [many] تختلف الإدخالات في { $shown } سطرًا.
      *[other] تختلف الإدخالات في { $shown } سطر.
   }
decision-entry = الإدخال { $what }
decision-differs = مختلف
decision-line-empty = فارغ
decision-not-asked = لم يُسأل
decision-neighbours-of = أرقام هذه المكاتب من اللقطة
decision-not-asked-why = الشرطة: لم يكن على هذا الشخص إلا قراءة السطور المختلفة.
