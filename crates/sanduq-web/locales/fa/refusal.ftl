# Pages that say no.

refusal-title-not-found = صفحه یافت نشد
refusal-title-refused = درخواست پذیرفته نشد
refusal-title-failed = نمایش صفحه ممکن نشد
refusal-next-not-found = نشانی را بررسی کنید یا از صفحه کشور آغاز کنید.
refusal-next-refused = اگر این کار در صلاحیت شماست، با شماره خدمت وارد شوید.
refusal-next-failed = اندکی بعد دوباره بکوشید. چیزی از آنچه ثبت شده از دست نرفته است.
refusal-home = صفحه کشور
refusal-web-not-found = صفحه‌ای با این نشانی نیست.
refusal-web-no-event = هنوز هیچ انتخاباتی آغاز نشده است.
refusal-web-not-logged-in = این صفحه برای کارکنان پس از ورود است.
refusal-web-not-permitted = نقش شما اجازه این صفحه را نمی‌دهد.
refusal-web-other-origin = درخواست از صفحه‌ای بیرون از این سایت آمده است.
refusal-web-bad-form = فرم فرستاده‌شده ناقص است.
refusal-web-fault = پایگاه داده پاسخ نمی‌دهد.
