# رأی تمرینی.

ballot-practice-title = رأی‌گیری تمرینی
ballot-practice-introduction = بیازمایید که رأی چگونه رمز و بررسی می‌شود. اینجا چیزی شمرده نمی‌شود.
ballot-practice-link = رأی دادن را تمرین کنید
ballot-check-title = بررسی یک رأی
ballot-check-introduction = اینجا می‌بینید در رأیی که روی گوشی یا رایانه دیگری رمز شده چه آمده است.
ballot-script = رمز کردن به اسکریپت نیاز دارد و این مرورگر آن را اجرا نمی‌کند. چیزی فرستاده نشد.
ballot-hash = برنامه این صفحه، SHA-256:

refusal-ballot-unfit = آنچه فرستاده شد برگ رأی تمرینی نیست.
refusal-ballot-unproven = اثبات‌های برگ رأی درست نیستند؛ پذیرفته نشد.
refusal-ballot-opened = این رأی برای بررسی باز شده است و دیگر نمی‌توان آن را به صندوق انداخت.
refusal-ballot-replaced = رأی دیرتری جای این رأی را گرفته است.
refusal-ballot-cast-before = این رأی به صندوق انداخته شده است و دیگر نمی‌توان آن را برای بررسی باز کرد.
refusal-ballot-too-many = رأی‌های تمرینی بسیاری از این اتصال رسیده است. یک دقیقه دیگر دوباره بکوشید.
