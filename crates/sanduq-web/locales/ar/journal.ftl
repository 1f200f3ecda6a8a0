# The journal.

journal-title = السجل
journal-why = كل ما تغيّر في هذا الانتخاب جملةً جملة، والأحدث أولًا. لا قيد يُحذف ولا يُعدَّل.
journal-root = الجذر
journal-none = لا قيود.
journal-newer = الأحدث
journal-older = الأقدم
outcome-accept = القبول
outcome-correct = التصحيح
outcome-return = الإعادة
