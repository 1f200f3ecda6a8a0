# الصوت التجريبي.

ballot-practice-title = التصويت التجريبي
ballot-practice-introduction = جرّب كيف يُشفَّر الصوت ويُتحقَّق منه. لا يُحسب شيء هنا.
ballot-practice-link = جرّب التصويت
ballot-check-title = التحقّق من صوت
ballot-check-introduction = يظهر هنا ما يحمله صوت شُفِّر على هاتف أو حاسوب آخر.
ballot-script = يحتاج التشفير إلى برنامج نصّي، وهذا المتصفّح لا يشغّله. لم يُرسَل شيء.
ballot-hash = برنامج هذه الصفحة، SHA-256:

refusal-ballot-unfit = ما أُرسل ليس صوتًا من أصوات التدريب.
refusal-ballot-unproven = براهين الصوت غير صحيحة: لم يُقبل.
refusal-ballot-opened = فُتح هذا الصوت للتحقّق ولا يمكن الإدلاء به بعد ذلك.
refusal-ballot-replaced = حلّ صوت لاحق محلّ هذا الصوت.
refusal-ballot-cast-before = أُدلي بهذا الصوت ولا يمكن فتحه للتحقّق بعد ذلك.
refusal-ballot-too-many = جاءت أصوات تجريبية كثيرة من هذا الاتصال. أعد المحاولة بعد دقيقة.
