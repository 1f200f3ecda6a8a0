# Logging in, and the desk.

login-title = دخول الموظفين
login-number = رقم الخدمة
login-number-hint = كما هو على بطاقتك، مثل E-1201
login-password = كلمة السر
login-enter = دخول
login-help = نسيت كلمة السر؟ اتصل بمدير الحسابات؛ لا تُرسل كلمة سر بالبريد.
login-wrong = رقم الخدمة أو كلمة السر غير صحيحين
login-too-many = محاولات كثيرة
login-again = تحقق من البطاقة وأعد المحاولة. بعد خمس محاولات انتظر ربع ساعة.
login-as = أنت:
login-out = خروج
desk-title = مهامي
desk-nothing = لا شيء ينتظرك هنا.
desk-waiting = { $count ->
       [zero] لا شيء
       [one] واحد ينتظر
       [two] اثنان ينتظران
       [few] { $shown } تنتظر
       [many] { $shown } ينتظر
      *[other] { $shown } ينتظر
   }
desk-entry = إدخال المحاضر
desk-first = ينتظر الإدخال الأول
desk-second = ينتظر الإدخال الثاني منك
desk-differing = ينتظر النظر في الفروق
desk-decisions = المحاضر الموقوفة
desk-by-reason = بحسب السبب
desk-to-propose = ينتظر اقتراحًا
desk-to-sign = ينتظر توقيع جهازك
desk-stations = مكاتب تحتاج إلى اتصال
desk-late = لم تُفتح في موعدها
desk-silent = لم تبلّغ آخر ساعة
duty-registrar = تبني السجل الانتخابي وتقرؤه.
duty-station-head = ترأس مكتبًا: تفتحه، وتبلّغ كل ساعة، وتغلقه، وترسل محضره.
duty-clerk = تُدخل المحاضر كما هي على الورق، دون أن ترى إدخال غيرك.
duty-adjudicator = تقترح للجهاز التنفيذي قرارًا في المحاضر الموقوفة أو توقّعه.
duty-supervisor = تقترح لجهاز الرقابة قرارًا في المحاضر الموقوفة أو توقّعه، وتوقّع النتائج.
duty-operations-officer = تتابع يوم الاقتراع من غرفة العمليات وتتصل بالمكاتب الصامتة.
duty-results-officer = تتابع تجميع النتائج وتقترح اعتماد المجاميع ونشر لقطة.
duty-administrator = تسجل الموظفين؛ لا حق لك في المضمون.
duty-auditor = تقرأ كل شيء ولا تغيّر شيئًا.
