# The result, from the nation down to a station.

result-title = نتایج
figure-registered = ثبت‌نام‌شدگان
figure-eligible = واجدان شرایط
figure-came = مراجعه‌کنندگان
figure-voted = رأی‌دادگان
figure-turnout = میزان مشارکت
figure-by-reports = بر پایه گزارش شعبه‌ها
figure-turnout-of = رأی‌دادگان از ثبت‌نام‌شدگان
standing-locked = قفل تا بسته‌شدن آخرین شعبه
standing-awaited = در انتظار نخستین صورت‌جلسه
standing-partial = نتیجه ناقص
standing-preliminary = نتیجه اولیه
standing-final = نتیجه نهایی با تأیید هر دو مرجع
coverage-counted = { $count ->
       [one] { $part } از { $shown } شعبه شمرده شد
      *[other] { $part } از { $shown } شعبه شمرده شد
   }
choices-choice = گزینه
choices-votes = آرا
choices-share = از صحیح
choices-leads = پیشتاز
choices-none = هنوز رأیی شمرده نشده است.
locked-title = آرای نامزدها قفل است
locked-why = تا بسته‌شدن آخرین شعبه هیچ رأیی اعلام نمی‌شود، تا اعلامی بر رأی کسی اثر نگذارد.
locked-closed = { $count ->
       [one] { $part } از { $shown } شعبه بسته شده است
      *[other] { $part } از { $shown } شعبه بسته شده است
   }
hours-title = میزان مشارکت ساعت به ساعت
hours-hour = ساعت
hours-none = هنوز گزارشی نرسیده است.
hours-reporting = { $count ->
       [one] ساعت آخر: گزارش { $part } از { $shown } شعبه
      *[other] ساعت آخر: گزارش { $part } از { $shown } شعبه
   }
seats-title = کرسی‌ها
seats-seats = کرسی
seats-allotted = کرسی‌های تخصیص‌یافته
seats-open = کرسی‌های باز
seats-preliminary-title = کرسی‌های اولیه
seats-preliminary = از همه صورت‌جلسه‌ها؛ هنوز تأیید نشده است.
seats-final-title = کرسی‌های نهایی
seats-final = از جمع‌هایی که هر دو مرجع تأیید کرده‌اند.
seats-run-off-title = دور دوم
seats-run-off = کسی اکثریت لازم را نیاورده است؛ دور دوم میان پیشتازان لازم است.
seats-lot-title = تساوی آرا
seats-lot = آرا آخرین کرسی را تعیین نمی‌کند؛ آنچه قانون گفته لازم است.
seats-reopen-title = بازگشایی نامزدی
seats-reopen = نامزد یگانه سهم لازم را نیاورده است.
seats-refused-title = بدون کرسی
seats-refused = قاعده تخصیص برای این اعداد پاسخی ندارد.
below-title = انتخاب‌های واحدهای زیر
below-contests = { $count ->
       [one] { $shown } انتخاب
      *[other] { $shown } انتخاب
   }
below-seats = کرسی‌ها به تفکیک فهرست
below-all = همه انتخاب‌ها
units-title = به تفکیک: { $what }
units-accepted = صورت‌جلسه پذیرفته
units-quarantined = قرنطینه
units-total = جمع
units-of = { $part } / { $shown }
contests-title = انتخاب‌ها
contests-contest = انتخاب
contests-standing = وضعیت
contests-counted = شعبه شمرده
