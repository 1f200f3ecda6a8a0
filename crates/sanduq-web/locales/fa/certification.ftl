# تأیید نتایج.

certify-title = تأیید نتایج
certify-why = مرجع اجرایی جمع‌های یک انتخاب را پیشنهاد می‌کند و مرجع نظارت امضا می‌کند: دو نفر از دو مرجع. آنچه هر دو امضا کرده‌اند نهایی است و هیچ صورت‌جلسه آن دیگر تغییر نمی‌کند.
certify-none = انتخابی در این وضع نیست.
certify-way = تا کجا رسیده
certify-open = هنوز کامل نیست
certify-ready = آماده پیشنهاد
certify-proposed = در انتظار مرجع نظارت
certify-final = به تأیید هر دو مرجع رسید
certify-in-the-way = آنچه هنوز کم است
certify-missing = { $count ->
    [one] { $shown } شعبه در جمع صورت‌جلسه ندارد
   *[other] { $shown } شعبه در جمع صورت‌جلسه ندارد
   }
certify-waiting = { $count ->
    [one] { $shown } صورت‌جلسه در حال ورود یا در قرنطینه است
   *[other] { $shown } صورت‌جلسه در حال ورود یا در قرنطینه است
   }
certify-disputed = { $count ->
    [one] { $shown } صورت‌جلسه در انتظار پاسخ به پیشنهاد است
   *[other] { $shown } صورت‌جلسه در انتظار پاسخ به پیشنهاد است
   }
certify-signed-by = امضاکننده
certify-units = همین جمع‌ها، واحد به واحد
certify-digest = اثر جمع‌های همه واحدها:
certify-touched = پس از این پیشنهاد به صورت‌جلسه‌ای از این انتخاب دست خورده است: کسی آن را امضا نمی‌کند و مرجع اجرایی از نو پیشنهاد می‌کند.
certify-propose = پیشنهاد تأیید
certify-propose-why = درست همین جمع‌ها را پیشنهاد می‌کنید. مرجع نظارت آن را امضا یا رد می‌کند.
certify-sign = امضا: نتیجه نهایی است
certify-sign-why = درست همین جمع‌ها را امضا می‌کنید. پس از آن هیچ صورت‌جلسه این انتخاب تغییر نمی‌کند.
certify-refuse = رد
certify-refuse-why = نتیجه همان که هست می‌ماند و می‌توان دوباره پیشنهاد کرد. دلیل در دفتر رخدادها منتشر می‌شود.
certify-done-signed = امضا شد. نتیجه نهایی است.
certify-done-refused = رد شد. دلیل در دفتر رخدادهاست.
desk-certification = تأیید نتایج
developers-door-certification = انتخاب‌ها در راه تأیید: چه کم است، که پیشنهاد کرد و که امضا کرد
developers-stage = open، ready، proposed یا final
