# Pages that say no.

refusal-title-not-found = الصفحة غير موجودة
refusal-title-refused = الطلب مرفوض
refusal-title-failed = تعذر عرض الصفحة
refusal-next-not-found = تحقق من العنوان، أو ابدأ من صفحة الوطن.
refusal-next-refused = إن كان لك أن تفعل هذا، فادخل برقم خدمتك.
refusal-next-failed = أعد المحاولة بعد قليل. لم يضع شيء مما سُجل.
refusal-home = صفحة الوطن
refusal-web-not-found = لا توجد صفحة بهذا العنوان.
refusal-web-no-event = لم يُدعَ إلى أي انتخاب بعد.
refusal-web-not-logged-in = هذه الصفحة لموظفي الانتخاب بعد الدخول.
refusal-web-not-permitted = صفتك لا تسمح بهذه الصفحة.
refusal-web-other-origin = جاء الطلب من صفحة ليست من هذا الموقع.
refusal-web-bad-form = النموذج المرسل ناقص.
refusal-web-fault = قاعدة البيانات لا تجيب.
