# What stands on every page.

program = صندوق
page-skip = إلى المحتوى
page-invented = بروفة: هذا بلد متخيَّل، ولا شيء فيه حقيقي.
page-languages = اللغة
page-sections = أقسام الموقع
page-path = موقعك
page-snapshot = اللقطة { $what }
page-journal-size = { $count ->
       [zero] السجل خالٍ
       [one] قيد واحد في السجل
       [two] قيدان في السجل
       [few] { $shown } قيود في السجل
       [many] { $shown } قيدًا في السجل
      *[other] { $shown } قيد في السجل
   }
page-computed = كل رقم محسوب من المحاضر والأفعال المسجلة؛ لا رقم مكتوب باليد.
page-files = هذه الأرقام كبيانات:
pager-title = الصفحات
pager-before = السابق
pager-after = التالي
role-registrar = أمين السجل الانتخابي
role-station-head = رئيس اللجنة الفرعية
role-clerk = مدخل بيانات
role-adjudicator = عضو البت (الجهاز التنفيذي)
role-supervisor = عضو البت (جهاز الرقابة)
role-operations-officer = ضابط غرفة العمليات
role-results-officer = مسؤول النتائج
role-administrator = مدير الحسابات
role-auditor = مدقق
organ-executive = الجهاز التنفيذي
organ-supervision = جهاز الرقابة
organ-judiciary = القضاء
organ-technical = الجهاز الفني
organ-audit = التدقيق
organ-external = خارجي
