# تصمیم دربارهٔ صورت‌جلسه‌ها.

decision-proposal = آنچه پیشنهاد شده است
decision-accept = رقم‌ها می‌ماند و بررسی‌های نادرست توضیح داده می‌شود
decision-correct = رقم‌های دیگری که دوباره از روی کاغذ خوانده شده است
decision-return = صورت‌جلسه به شعبه بازمی‌گردد
decision-changes = سطرهایی که تغییر می‌کند
decision-was = بود
decision-will = می‌شود
decision-still-failing = بررسی‌هایی که با این رقم‌ها درست نیست:
decision-digest = اثر پیشنهاد (SHA-256)
decision-sign = از سوی مرجع خود امضا می‌کنم
decision-refuse = امضا نمی‌کنم
decision-reason = دلیل مرجع من برای امضا نکردن
decision-law-required = بی امضای دوم پیشنهاد می‌افتد و صورت‌جلسه در قرنطینه می‌ماند.
decision-law-record = به حکم قانون امضا نکردن با دلیلش ثبت می‌شود و پیشنهاد با این همه پابرجاست.
decision-waits = در انتظار مرجع دیگر است.
decision-propose = پیشنهاد تصمیم
decision-outcome = سرنوشت صورت‌جلسه چیست؟
decision-ground = مستند قانونی و توضیح
decision-ground-hint = ماده و آنچه یافته شد. همراه صورت‌جلسه منتشر می‌شود: از کسی نام نبرید.
decision-figures = رقم‌ها همان‌گونه که روی کاغذ است
decision-send = به مرجع دیگر بفرست
decision-neighbours = شعبه‌های دیگر مرکز
decision-station = شعبه
decision-registered = ثبت‌نام‌شدگان
decision-in-box = درون صندوق
decision-valid = صحیح
decision-invalid = باطل
decision-choose = سرنوشت صورت‌جلسه را برگزینید
decision-choose-help = یکی از گزینه‌ها باید برگزیده شود.
decision-not-recorded = ثبت نشد
decision-done-proposed = پیشنهاد شد. در انتظار مرجع دیگر است.
decision-done-answered = پاسخ مرجع شما ثبت شد.
decision-entries = آنچه هر کس وارد کرده است
decision-entries-none = کسی این نسخه را اینجا سطر به سطر وارد نکرده است: به شکل داده رسیده، یا ورود آن ثبت نیست.
decision-entries-alike = همه همهٔ سطرها را یکسان خوانده‌اند.
decision-entries-differ = { $count ->
       [one] ورودها در { $shown } سطر با هم نمی‌خوانند.
      *[other] ورودها در { $shown } سطر با هم نمی‌خوانند.
   }
decision-entry = ورود { $what }
decision-differs = متفاوت
decision-line-empty = خالی
decision-not-asked = پرسیده نشد
decision-neighbours-of = رقم‌های این شعبه‌ها از تصویر لحظه‌ای
decision-not-asked-why = خط تیره: این کس تنها باید سطرهای متفاوت را می‌خواند.
