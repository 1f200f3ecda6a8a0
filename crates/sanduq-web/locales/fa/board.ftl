# The board of the day.

board-title = تابلوی روز
board-stations = شعبه‌ها
board-opened = گشوده
board-reporting = در تماس
board-silent = خاموش
board-closed = بسته
board-of = { $count ->
       [0] هیچ شعبه‌ای باز نیست
       [one] از { $shown } شعبه
      *[other] از { $shown } شعبه
   }
board-turnout = میزان مشارکت
board-chart = رأی‌دادگان تا ساعت آخر: { $part } از { $shown } ثبت‌نام‌شده
board-sheets = صورت‌جلسه‌ها
board-state = وضعیت
board-owed = مجموع مورد انتظار
board-person = نیازمند رسیدگی
board-person-none = چیزی در انتظار کسی نیست.
board-lost = ارتباط زنده قطع شد؛ اعداد بالا آخرین اعداد رسیده‌اند.
need-late = { $count ->
       [one] { $shown } شعبه گشوده نشده
      *[other] { $shown } شعبه گشوده نشده
   }
need-silent = { $count ->
       [one] { $shown } شعبه خاموش
      *[other] { $shown } شعبه خاموش
   }
need-quarantined = { $count ->
       [one] { $shown } صورت‌جلسه در قرنطینه
      *[other] { $shown } صورت‌جلسه در قرنطینه
   }
need-differing = { $count ->
       [one] { $shown } صورت‌جلسه با دو ورود متفاوت
      *[other] { $shown } صورت‌جلسه با دو ورود متفاوت
   }
need-returned = { $count ->
       [one] { $shown } صورت‌جلسه بازگردانده
      *[other] { $shown } صورت‌جلسه بازگردانده
   }
