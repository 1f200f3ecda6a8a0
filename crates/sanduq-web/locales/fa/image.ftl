# تصویر صورت‌جلسه‌ها: عکس یا پویش برگه امضاشده.

image-title = تصویر صورت‌جلسه
image-awaited = هنوز تصویری نیست: صورت‌جلسه نرسیده است.
image-missing = از این صورت‌جلسه تصویری ثبت نشده است؛ ارقام آن بدون تصویر منتشر شده است.
image-missing-since = شعبه { $what } بسته شد.
image-missing-all = همه صورت‌جلسه‌های بدون تصویر
image-locked = { $count ->
    [one] { $shown } تصویر ثبت شده که هنوز نشان داده نمی‌شود
   *[other] { $shown } تصویر ثبت شده که هنوز نشان داده نمی‌شود
   }
image-locked-why = تصویر، آرا را آشکار می‌کند؛ پس از بسته‌شدن آخرین شعبه حوزه منتشر می‌شود.
image-page = صفحه { $shown }
image-size = { $shown } کیلوبایت
image-kind-jpeg = JPEG
image-kind-png = PNG
image-alternative = تصویر صورت‌جلسه امضاشده: { $what }. ردیف‌های آن در همین صفحه نوشته شده است.
image-digest = SHA-256
image-send = فرستادن تصویر برگه
image-send-now = تصویر را بفرست
image-choose = تصویر صورت‌جلسه امضاشده
image-hint = ‏JPEG یا PNG، حداکثر ۶ مگابایت، با هر چهار لبه برگه در تصویر. مکان، زمان و نام‌هایی که دوربین کنار تصویر می‌نویسد حذف می‌شود.
image-on-record = ثبت‌شده
image-none-yet = هنوز تصویری از این صورت‌جلسه نیست.
image-not-shown = تصویرها این‌جا نشان داده نمی‌شود، چون آرا را آشکار می‌کند. پس از بسته‌شدن آخرین شعبه حوزه منتشر می‌شود.
image-recorded = تصویر ثبت شد
image-recorded-help = اگر برگه صفحه دیگری دارد، اکنون تصویر آن را بفرستید.
image-already = این تصویر پیش‌تر ثبت شده است
image-not-recorded = تصویر ثبت نشد
image-closed = این صورت‌جلسه اکنون تصویر نمی‌پذیرد
image-closed-help = تصویر پس از رسیدن ارقام و پیش از پذیرش صورت‌جلسه فرستاده می‌شود.
image-missing-title = صورت‌جلسه‌های بدون تصویر
image-missing-of = { $part } از { $shown } صورت‌جلسه رسیده
image-missing-note = ارقام این صورت‌جلسه‌ها بدون تصویر برگه منتشر شده است.
image-missing-none = هر صورت‌جلسه‌ای که رسیده تصویر دارد.
image-station = شعبه
image-code = کد
image-state = وضعیت
components-image = تصویر صورت‌جلسه
developers-door-images = صورت‌جلسه‌های یک حوزه که تصویر ندارند
refusal-web-many-images = اکنون تصویرهای زیادی در حال فرستادن است. یک دقیقه صبر کنید و دوباره بفرستید.
refusal-image-empty = پرونده‌ای فرستاده نشد. نخست تصویری برگزینید یا بگیرید.
refusal-image-too-long = حجم پرونده بیش از ۶ مگابایت است. تصویر را با کیفیت کمتر بگیرید.
refusal-image-not-an-image = پرونده نه JPEG است نه PNG، نامش هر چه باشد. یک تصویر بفرستید.
refusal-image-damaged = تصویر آسیب دیده یا ناتمام است. دوباره بگیرید و کامل بفرستید.
refusal-image-too-small = ضلع کوتاه تصویر کمتر از ۸۰۰ پیکسل است و صورت‌جلسه خوانده نمی‌شود. با وضوح بیشتر بگیرید.
refusal-image-too-large = یک ضلع تصویر بیش از ۸٬۲۰۰ پیکسل است. با وضوح کمتر بگیرید.
refusal-image-no-sheet = صورت‌جلسه هنوز نرسیده است. نخست ارقام آن را بفرستید، سپس تصویر را.
refusal-image-wrong-organ = مرجع شما در تصویر صورت‌جلسه‌ها نقشی ندارد.
refusal-image-of-another-sheet = همین پرونده تصویر صورت‌جلسه دیگری است. از این برگه تصویر بگیرید.
refusal-image-settled = صورت‌جلسه پذیرفته شده یا پایان یافته است و تصویر نمی‌پذیرد؛ نسخه بعدی آن می‌پذیرد.
refusal-image-too-many-pages = صورت‌جلسه هشت تصویر دارد و بیش از آن نمی‌پذیرد.
