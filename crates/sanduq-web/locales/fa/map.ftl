# نقشه، آرا برای برنامه‌ها و آنچه انتظار می‌رفت.

map-turnout = نقشهٔ میزان مشارکت به تفکیک: { $what }
map-leading = نقشهٔ پیشتازان به تفکیک: { $what } – { $instead }
map-step = از { $what } تا زیر { $instead }
map-nothing = هنوز گزارشی نرسیده است
map-tie = تساوی آرا
components-map = نقشه
components-dots = مکان‌ها بدون مرز
votes-files = همین آرا گزینه به گزینه:
margins-files = فاصلهٔ هر انتخاب:
hours-files = همین ساعت‌ها به شکل داده:
units-files = همین واحدها به شکل داده:
conditions-files = همین حالت‌ها و صورت‌جلسه‌ها بر پایه وضعیت، به شکل داده:
developers-door-votes = آرای یک واحد گزینه به گزینه: در کنار هر یک انتخابات پیشین، کرسی‌ها و آنچه برای کرسی دیگر کم داشت
developers-door-margins = فاصلهٔ آخرین کرسی در هر انتخابی که همهٔ صورت‌جلسه‌هایش شمارش شده است
refusal-law-far-below = آستانهٔ پایین‌تر از حد مورد انتظار عددی درست از ۱ تا ۹۹ درصد است.
refusal-outline-short = حلقه‌ای از مرز کمتر از چهار نقطه دارد؛ آن را ببندید یا بردارید.
refusal-outline-open = حلقه‌ای از مرز به آغاز خود نمی‌رسد؛ آن را ببندید.
refusal-outline-outside-world = نقطه‌ای از مرز در این جهان نیست؛ درجه‌ها را بر پایه WGS 84 بدهید.
refusal-outline-point-twice = نقطه‌ای از مرز دو بار پشت سر هم آمده است؛ یکی را بردارید.
refusal-outline-no-ground = حلقه‌ای از مرز چیزی را در بر نمی‌گیرد؛ آن را بردارید.
refusal-outline-ring-twice = حلقه‌ای از مرز دو بار آمده است؛ یکی را بردارید.
refusal-outline-unit-twice = یک واحد دو مرز دارد؛ آن‌ها را یکی کنید.
refusal-outline-unknown-unit = مرزی از آن واحدی است که نیست؛ کد آن را درست کنید.
refusal-outline-of-station = شعبه مکان دارد و مرز ندارد.
refusal-outline-shared = دو واحد هم‌سطح یک مرز دارند؛ کد یکی نادرست است.
refusal-outline-too-long = نقاط مرزها بیش از اندازه است؛ آن‌ها را ساده کنید.
figure-expected = مراجعهٔ مورد انتظار
expected-none = برای این ساعت‌ها انتظاری نیست: انتخابات پیشینی ساعت‌های خود را نمی‌گوید.
need-far-below = { $count ->
       [one] { $shown } شعبه بسیار پایین‌تر از حد مورد انتظار
      *[other] { $shown } شعبه بسیار پایین‌تر از حد مورد انتظار
   }
need-what-far-below = بسیار پایین‌تر از حد مورد انتظار
need-do-far-below = به شعبه تلفن کنید و بپرسید چرا مراجعه کم است.
