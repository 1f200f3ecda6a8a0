# What only the public pages say: search, how to check, seats.

search-title = جست‌وجو
search-for = جست‌وجو: { $what }
search-label = جست‌وجوی مکان، فهرست یا نامزد
search-placeholder = مکان، فهرست، نامزد، کد
search-button = جست‌وجو
search-hint = نام یا کد، مانند «چشمه‌ها» یا ۱۲. تفاوت املا مانعی ندارد؛ حروف و ارقام فارسی، عربی و لاتین پذیرفته است.
search-private = تنها مکان‌ها، انتخاب‌ها، فهرست‌ها و نامزدها جست‌وجو می‌شوند: هیچ رأی‌دهنده‌ای در اینجا یافت نمی‌شود. عبارت جست‌وجو در نشانی صفحه می‌آید تا بتوانید آن را برای دیگران بفرستید.
search-empty = نام یا کدی بنویسید.
search-none = چیزی با این نام یا کد نیست.
search-none-next = واژه‌های کمتر، یا تنها آغاز نام را بیازمایید.
search-found = { $count ->
       [one] { $shown } نتیجه
      *[other] { $shown } نتیجه
   }
search-rest = { $count ->
       [one] { $shown } نتیجه دیگر نشان داده نشده است: یک واژه دیگر جست‌وجو را دقیق‌تر می‌کند.
      *[other] { $shown } نتیجه دیگر نشان داده نشده است: یک واژه دیگر جست‌وجو را دقیق‌تر می‌کند.
   }
search-candidate = نامزد یک فهرست
seats-lacked = کسری تا یک کرسی دیگر
seats-list-order = به ترتیب فهرست:
seats-margin-seat = { $count ->
       [one] با { $shown } رأی بیشتر، آخرین کرسی به «{ $what }» می‌رسید، نه به «{ $instead }».
      *[other] با { $shown } رأی بیشتر، آخرین کرسی به «{ $what }» می‌رسید، نه به «{ $instead }».
   }
seats-margin-free = { $count ->
       [one] با { $shown } رأی بیشتر، یک کرسی دیگر به «{ $what }» می‌رسید.
      *[other] با { $shown } رأی بیشتر، یک کرسی دیگر به «{ $what }» می‌رسید.
   }
seats-margin-run-off = { $count ->
       [one] با { $shown } رأی بیشتر، جای دور دوم به «{ $what }» می‌رسید، نه به «{ $instead }».
      *[other] با { $shown } رأی بیشتر، جای دور دوم به «{ $what }» می‌رسید، نه به «{ $instead }».
   }
seats-margin-run-off-free = { $count ->
       [one] با { $shown } رأی بیشتر، جایی در دور دوم به «{ $what }» می‌رسید.
      *[other] با { $shown } رأی بیشتر، جایی در دور دوم به «{ $what }» می‌رسید.
   }
hours-coverage = { $count ->
       [one] { $part } از { $shown } شعبه
      *[other] { $part } از { $shown } شعبه
   }
check-title = چگونه خودتان بررسی کنید
check-snapshot = برداشت
check-address = نشانی این اعداد
check-data = همین اعداد به صورت داده
check-files = فایل‌های پوشه منتشرشده
check-how = پوشه منتشرشده را که کامل و امضاشده است بردارید و روی رایانه خودتان از نو جمع بزنید:
check-key = FOLDER همان پوشه‌ای است که برداشته‌اید. KEY کلید ناشر است، چنان‌که مرجع انتخابات در جایی جز اینجا اعلام می‌کند.
check-means = فرمان تنها هنگامی با ۰ پایان می‌یابد که هر بایت همان بایت مهرشده باشد و هر عدد از صورت‌جلسه‌ها به دست آید. هر جا صفحه و فایل یکسان نباشند، فایل معتبر است. README.md در پوشه می‌گوید هر برنامه دیگری چگونه همین کار را می‌کند.
seats-margin-outright = { $count ->
       [one] با { $shown } رأی بیشتر، کرسی بدون دور دوم به «{ $what }» می‌رسید.
      *[other] با { $shown } رأی بیشتر، کرسی بدون دور دوم به «{ $what }» می‌رسید.
   }
choices-change = تغییر
choices-compared = تغییر: واحد درصد از آرای صحیح نسبت به { $what }؛ – یعنی آن زمان نبود.
figure-turnout-change = { $what } واحد درصد نسبت به { $instead }
seats-closest = کرسی‌هایی که کمترین فاصله را داشتند
