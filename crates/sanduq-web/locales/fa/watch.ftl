# The stations one by one on the board, what waits for a person, and the wall.

condition-title = هر نشانه یک شعبه
condition-table = شعبه‌ها به تفکیک وضعیت
condition-waiting = هنوز گشوده نشده
condition-late = دیر کرده
condition-open = گشوده و در تماس
condition-silent = گشوده و خاموش
condition-closed = بسته
condition-held = صورت‌جلسه در قرنطینه یا بازگردانده
condition-counted = در جمع آمده
province-reporting = در تماس: { $part } از { $shown } { $count ->
       [one] شعبه گشوده
      *[other] شعبه گشوده
   }
province-sheets = در جمع: { $part } از { $shown } { $count ->
       [one] صورت‌جلسه
      *[other] صورت‌جلسه
   }
province-opened = گشوده: { $part } از { $shown } { $count ->
       [one] شعبه
      *[other] شعبه
   }
needs-rest = { $count ->
       [one] و { $shown } مورد دیگر: همه فهرست
      *[other] و { $shown } مورد دیگر: همه فهرست
   }
needs-total = { $count ->
       [one] { $shown } مورد در انتظار است
      *[other] { $shown } مورد در انتظار است، فوری‌ترین در آغاز
   }
needs-where = به تفکیک محل
need-what-late = هرگز گشوده نشده
need-what-silent = گشوده، بی هیچ گزارشی
need-what-differing = دو ورود متفاوت
need-what-quarantined = صورت‌جلسه در قرنطینه
need-what-returned = صورت‌جلسه بازگردانده
need-last-hour = خاموش از گزارش { $what }
need-since = دو ورود متفاوت از { $what }
need-do-late = به رئیس شعبه تلفن کنید؛ اگر پاسخ نداد کسی را بفرستید.
need-do-silent = به شعبه تلفن کنید و گزارش این ساعت را بخواهید.
need-do-differing = بخواهید سطرهای متفاوت دوباره از روی کاغذ خوانده شود.
need-do-quarantined = برای تصمیم پیش دو مرجع ببرید.
need-do-returned = از شعبه بپرسید صورت‌جلسه کی بازمی‌گردد.
wall-at = ارقام ساعت
components-provinces = استان‌ها و شعبه‌ها
components-needs = آنچه در انتظار کسی است
