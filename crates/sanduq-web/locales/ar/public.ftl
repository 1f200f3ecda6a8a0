# What only the public pages say: search, how to check, seats.

search-title = بحث
search-for = بحث: { $what }
search-label = ابحث عن مكان أو قائمة أو مرشح
search-placeholder = مكان، قائمة، مرشح، رمز
search-button = بحث
search-hint = اسم أو رمز، مثل «الينابيع» أو ١٢. اختلاف الإملاء لا يضر، بالحروف والأرقام العربية والفارسية واللاتينية.
search-private = يشمل البحث الأماكن والانتخابات والقوائم والمرشحين فقط: لا يُعثر هنا على أي ناخب. نص البحث ظاهر في عنوان الصفحة لتتمكن من مشاركته.
search-empty = اكتب اسمًا أو رمزًا.
search-none = لا شيء بهذا الاسم أو الرمز.
search-none-next = جرّب كلمات أقل، أو أول الاسم فقط.
search-found = { $count ->
       [zero] لا نتائج
       [one] نتيجة واحدة
       [two] نتيجتان
       [few] { $shown } نتائج
       [many] { $shown } نتيجة
      *[other] { $shown } نتيجة
   }
search-rest = { $count ->
       [zero] لا نتائج أخرى
       [one] نتيجة أخرى لم تُعرض: كلمة إضافية تضيّق البحث.
       [two] نتيجتان أخريان لم تُعرضا: كلمة إضافية تضيّق البحث.
       [few] { $shown } نتائج أخرى لم تُعرض: كلمة إضافية تضيّق البحث.
       [many] { $shown } نتيجة أخرى لم تُعرض: كلمة إضافية تضيّق البحث.
      *[other] { $shown } نتيجة أخرى لم تُعرض: كلمة إضافية تضيّق البحث.
   }
search-candidate = مرشح في قائمة
