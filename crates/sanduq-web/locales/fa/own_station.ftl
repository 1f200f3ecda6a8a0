# کجا رأی بدهم؟

own-station-title = کجا رأی بدهم؟
own-station-number = کد ملی
own-station-number-hint = همان‌گونه که روی کارت ملی شماست، تنها رقم
own-station-born = تاریخ تولد
own-station-born-hint = همان‌گونه که در شناسنامه است، به خورشیدی یا میلادی، مانند ۷ ۱ ۱۳۶۴
own-station-day = روز
own-station-month = ماه
own-station-year = سال
own-station-ask = شعبه مرا نشان بده
own-station-promise = آنچه می‌نویسید نگه داشته نمی‌شود و نام هیچ‌کس نشان داده نمی‌شود.
own-station-again = پرسش دوباره
own-station-yours = شعبه اخذ رأی شما
own-station-found = شعبه اخذ رأی شما
own-station-on-roll = نام شما در فهرست رأی‌دهندگان هست
own-station-code = شماره شعبه
own-station-open = رأی‌گیری
own-station-hours = از ساعت { $opens } تا { $closes }
own-station-unreadable = آنچه نوشته‌اید خوانا نیست
own-station-wrong-number = کد ملی ۶ تا ۲۰ رقم است و چیز دیگری در آن نیست. دوباره بنویسید.
own-station-wrong-date = چنین تاریخی نیست. روز، ماه و سال را با رقم بنویسید، سال را با چهار رقم.
own-station-not-found = این شماره و این تاریخ با هم در فهرست رأی‌دهندگان نیست
own-station-not-found-next = هر دو را از روی کارت ملی ببینید و دوباره بنویسید. اگر درست است، از دفتر ثبت‌نام بپرسید؛ فهرست‌ها آنجا هم هست.
own-station-not-placed = نام شما در فهرست رأی‌دهندگان هست
own-station-not-placed-next = شعبه شما هنوز تعیین نشده است. چند روز دیگر دوباره بپرسید.
own-station-too-many = تلاش‌های بسیار
own-station-wait = { $count ->
       [one] یک دقیقه صبر کنید و دوباره بکوشید.
      *[other] { $shown } دقیقه صبر کنید و دوباره بکوشید.
   }
own-station-busy = در این لحظه افراد بسیاری می‌پرسند
own-station-busy-next = چند ثانیه دیگر دوباره بکوشید.
own-station-not-frozen = فهرست رأی‌دهندگان هنوز قطعی نشده است
own-station-not-frozen-next = پس از قطعی‌شدن فهرست، این صفحه می‌گوید کجا رأی می‌دهید.
own-station-failed = اکنون پاسخی در دست نیست
own-station-failed-next = اشکال از ماست، نه از شما. چند دقیقه دیگر دوباره بکوشید یا از دفتر ثبت‌نام بپرسید.
