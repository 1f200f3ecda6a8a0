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
