# The journal.

journal-title = دفتر رخدادها
journal-why = هر آنچه در این انتخابات تغییر کرده، جمله به جمله، تازه‌ترین در آغاز. هیچ ثبتی حذف یا اصلاح نمی‌شود.
journal-root = ریشه
journal-none = ثبتی نیست.
journal-newer = تازه‌تر
journal-older = کهنه‌تر
outcome-accept = پذیرش
outcome-correct = تصحیح
outcome-return = بازگرداندن
