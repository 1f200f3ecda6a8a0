# The board of the day.

board-title = لوحة اليوم
board-stations = المكاتب
board-opened = فُتحت
board-reporting = تبلّغ
board-silent = صامتة
board-closed = أُغلقت
board-of = { $count ->
       [zero] لا مكتب مفتوح
       [one] من مكتب واحد
       [two] من مكتبين
       [few] من { $shown } مكاتب
       [many] من { $shown } مكتبًا
      *[other] من { $shown } مكتب
   }
board-turnout = نسبة المشاركة
board-chart = من أدلوا بأصواتهم حتى آخر ساعة: { $part } من { $shown } مقيد
board-sheets = المحاضر
board-state = الحالة
board-owed = المطلوب
board-person = يحتاج إلى إنسان
board-person-none = لا شيء ينتظر أحدًا.
board-lost = انقطع الاتصال المباشر؛ الأرقام أعلاه هي الأخيرة التي وصلت.
need-late = { $count ->
       [zero] لا مكتب
       [one] مكتب لم يُفتح
       [two] مكتبان لم يُفتحا
       [few] { $shown } مكاتب لم تُفتح
       [many] { $shown } مكتبًا لم يُفتح
      *[other] { $shown } مكتب لم يُفتح
   }
need-silent = { $count ->
       [zero] لا مكتب
       [one] مكتب صامت
       [two] مكتبان صامتان
       [few] { $shown } مكاتب صامتة
       [many] { $shown } مكتبًا صامتًا
      *[other] { $shown } مكتب صامت
   }
need-quarantined = { $count ->
       [zero] لا محضر
       [one] محضر موقوف
       [two] محضران موقوفان
       [few] { $shown } محاضر موقوفة
       [many] { $shown } محضرًا موقوفًا
      *[other] { $shown } محضر موقوف
   }
need-differing = { $count ->
       [zero] لا محضر
       [one] محضر بإدخالين مختلفين
       [two] محضران بإدخالين مختلفين
       [few] { $shown } محاضر بإدخالين مختلفين
       [many] { $shown } محضرًا بإدخالين مختلفين
      *[other] { $shown } محضر بإدخالين مختلفين
   }
need-returned = { $count ->
       [zero] لا محضر
       [one] محضر أعيد إلى مكتبه
       [two] محضران أعيدا إلى مكتبيهما
       [few] { $shown } محاضر أعيدت إلى مكاتبها
       [many] { $shown } محضرًا أعيد إلى مكتبه
      *[other] { $shown } محضر أعيد إلى مكتبه
   }
