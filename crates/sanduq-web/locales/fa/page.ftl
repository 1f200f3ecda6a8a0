# What stands on every page.

program = صندوق
page-skip = رفتن به متن
page-invented = مانور: این کشور ساختگی است و هیچ چیز آن واقعی نیست.
page-languages = زبان
page-sections = بخش‌های سایت
page-path = جای شما
page-snapshot = تصویر لحظه‌ای { $what }
page-journal-size = { $count ->
       [one] { $shown } ثبت در دفتر
      *[other] { $shown } ثبت در دفتر
   }
page-computed = هر عدد از صورت‌جلسه‌ها و اعمال ثبت‌شده حساب شده است؛ هیچ عددی با دست نوشته نشده.
page-files = همین اعداد به شکل داده:
pager-title = صفحه‌ها
pager-before = قبلی
pager-after = بعدی
role-registrar = متصدی فهرست رأی‌دهندگان
role-station-head = رئیس شعبه
role-clerk = متصدی ورود داده
role-adjudicator = عضو رسیدگی (اجرایی)
role-supervisor = عضو رسیدگی (نظارت)
role-operations-officer = مسئول مرکز پایش
role-results-officer = مسئول نتایج
role-administrator = مدیر حساب‌ها
role-auditor = ممیز
organ-executive = مرجع اجرایی
organ-supervision = مرجع نظارت
organ-judiciary = قوه قضاییه
organ-technical = مرجع فنی
organ-audit = ممیزی
organ-external = بیرونی
