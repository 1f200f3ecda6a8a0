// The list itself: code, then the sentence in Arabic, Persian, French and English.
acts! {
    EventCalled = "event.called",
        "دُعي الناخبون إلى {event}", "دستور شروع {event} صادر شد",
        "Convocation du scrutin {event}", "The election {event} was called";
    LawAdopted = "law.adopted",
        "اعتُمد النص {law} ببصمة {digest}", "متن {law} با اثر {digest} تصویب شد",
        "Texte {law} adopté, empreinte {digest}", "The text {law} was adopted, digest {digest}";
    GeographyAdopted = "geography.adopted",
        "اعتُمد التقسيم: {units} وحدة، {stations} مكتب اقتراع",
        "تقسیمات تصویب شد: {units} واحد، {stations} شعبه",
        "Découpage adopté : {units} unités, {stations} bureaux",
        "The geography was adopted: {units} units, {stations} stations";
    AgencyBatchApplied = "agency.batch_applied",
        "طُبقت دفعة الجهة {agency}: {records} سجلًا، {refused} مرفوض",
        "دسته دستگاه {agency} اعمال شد: {records} رکورد، {refused} مردود",
        "Lot de l'organisme {agency} appliqué : {records} fiches, {refused} refusées",
        "A batch of agency {agency} was applied: {records} records, {refused} refused";
    RollFrozen = "roll.frozen",
        "غُلق السجل الانتخابي على {registered} ناخبًا، بصمة {digest}",
        "فهرست رأی‌دهندگان با {registered} نفر قطعی شد، اثر {digest}",
        "Registre clos à {registered} électeurs, empreinte {digest}",
        "The roll was frozen at {registered} voters, digest {digest}";
    VotersPlaced = "placement.voters_placed",
        "سُكّن {voters} ناخبًا في {stations} مكتب اقتراع",
        "{voters} رأی‌دهنده در {stations} شعبه توزیع شدند",
        "{voters} électeurs affectés à {stations} bureaux",
        "{voters} voters were placed in {stations} stations";
    CandidatesAdopted = "nomination.adopted",
        "اعتُمدت القائمة النهائية للانتخاب {contest}: {choices}",
        "فهرست نهایی {contest} تصویب شد: {choices}",
        "Liste définitive de {contest} adoptée : {choices}",
        "The final list of {contest} was adopted: {choices}";
    StaffEnrolled = "staff.enrolled",
        "قُيد {count} من الموظفين بصفة {role}", "{count} نفر با نقش {role} ثبت شدند",
        "{count} agents inscrits au rôle {role}", "{count} staff were enrolled as {role}";
    StaffSuspended = "staff.suspended",
        "عُلّق حساب الموظف {staff}", "حساب کاربری {staff} معلق شد",
        "Le compte {staff} a été suspendu", "The account {staff} was suspended";
    StaffReadmitted = "staff.readmitted",
        "أُعيد تفعيل حساب الموظف {staff}", "حساب کاربری {staff} دوباره فعال شد",
        "Le compte {staff} a été rétabli", "The account {staff} was readmitted";
    StaffProposed = "staff.proposed",
        "اقتُرح قيد {staff} بصفة {role}، وينتظر موافقة شخص ثانٍ",
        "ثبت {staff} با نقش {role} پیشنهاد شد و در انتظار تأیید نفر دوم است",
        "Inscription de {staff} au rôle {role} proposée, second accord attendu",
        "Enrolling {staff} as {role} was proposed and waits for a second person";
    StaffResetProposed = "staff.reset_proposed",
        "اقتُرحت كلمة سر أولى جديدة للحساب {staff}، وتنتظر موافقة شخص ثانٍ",
        "گذرواژه نخستین تازه برای حساب {staff} پیشنهاد شد و در انتظار تأیید نفر دوم است",
        "Nouveau premier mot de passe proposé pour {staff}, second accord attendu",
        "A new first password for {staff} was proposed and waits for a second person";
    StaffProposalRefused = "staff.proposal_refused",
        "رُفض المقترح بشأن الحساب {staff}", "پیشنهاد درباره حساب {staff} رد شد",
        "Proposition sur le compte {staff} refusée",
        "The proposal about the account {staff} was refused";
    StaffProposalApproved = "staff.proposal_approved",
        "ووفق على المقترح بشأن الحساب {staff}", "پیشنهاد درباره حساب {staff} تأیید شد",
        "Proposition sur le compte {staff} approuvée",
        "The proposal about the account {staff} was approved";
    StaffPasswordReset = "staff.password_reset",
        "أُعطي الحساب {staff} كلمة سر أولى جديدة",
        "به حساب {staff} گذرواژه نخستین تازه داده شد",
        "Nouveau premier mot de passe donné au compte {staff}",
        "The account {staff} was given a new first password";
    StaffAssigned = "assignment.assigned",
        "سُكّن {people} من سجل {register} في {committees} لجنة، بصمة {digest}",
        "{people} نفر از دفتر {register} در {committees} شعبه گمارده شدند، اثر {digest}",
        "Registre {register} : {people} affectés à {committees} commissions, empreinte {digest}",
        "Of {register}, {people} were assigned to {committees} committees, digest {digest}";
    StaffReplaced = "assignment.replaced",
        "اعتذر {excused} عن اللجنة {committee} وحل محله {person}",
        "{excused} از شعبه {committee} معذور شد و {person} جای او را گرفت",
        "{excused}, excusé à la commission {committee}, est remplacé par {person}",
        "{excused} was excused at committee {committee}, and {person} takes the place";
    StationsOpened = "station.opened",
        "فُتح {stations} مكتب اقتراع", "{stations} شعبه گشوده شد",
        "{stations} bureaux ouverts", "{stations} stations opened";
    CheckInsRecorded = "poll_book.check_ins_recorded",
        "سُجل حضور {came} وتصويت {voted}", "{came} مراجعه و {voted} رأی ثبت شد",
        "{came} présentés et {voted} votants enregistrés",
        "{came} came and {voted} voted were recorded";
    TurnoutReported = "turnout.reported",
        "وردت أرقام الساعة {hour} من {stations} مكتبًا",
        "آمار ساعت {hour} از {stations} شعبه رسید",
        "Chiffres de {hour} h reçus de {stations} bureaux",
        "The figures of hour {hour} came in from {stations} stations";
    QueueCounted = "station.queue_counted",
        "عند الإغلاق كان {waiting} في طابور المكتب {station} وتسلّموا أرقامًا",
        "هنگام بسته‌شدن، {waiting} نفر در صف شعبه {station} بودند و شماره گرفتند",
        "À la clôture, {waiting} personnes en file au bureau {station} ont reçu un numéro",
        "At closing, {waiting} in line at station {station} were given tokens";
    TokensSettled = "station.tokens_settled",
        "أرقام الطابور {tokens} في المكتب {station}: استُعمل {used} وأُلغي {void}",
        "شماره‌های صف {tokens} در شعبه {station}: {used} استفاده و {void} باطل شد",
        "Numéros {tokens} du bureau {station} : {used} utilisés, {void} annulés",
        "Tokens {tokens} at station {station}: {used} used, {void} void";
    StationsClosed = "station.closed",
        "أُغلق {stations} مكتب اقتراع", "{stations} شعبه بسته شد",
        "{stations} bureaux clos", "{stations} stations closed";
    CandidateFiguresReleased = "results.lock_lifted",
        "رُفع الحجب عن أصوات {contest} بعد إغلاق آخر مكتب",
        "پس از بسته‌شدن آخرین شعبه، قفل آرای {contest} برداشته شد",
        "Chiffres de {contest} libérés après la clôture du dernier bureau",
        "The figures of {contest} were released after its last station closed";
    ImportBegun = "import.begun",
        "استيراد النموذج {form}: {sheets} محضرًا، بصمة {digest}",
        "ورود فرم {form}: {sheets} صورت‌جلسه، اثر {digest}",
        "Import du formulaire {form} : {sheets} procès-verbaux, empreinte {digest}",
        "Import of form {form}: {sheets} sheets, digest {digest}";
    SheetReceived = "sheet.received",
        "استُلم محضر المكتب {station} في {contest}", "صورت‌جلسه شعبه {station} در {contest} رسید",
        "Procès-verbal du bureau {station} reçu pour {contest}",
        "The sheet of station {station} for {contest} was received";
    SheetFirstEntered = "sheet.first_entered",
        "أُدخل محضر {station} في {contest} مرة أولى",
        "ورود نخست صورت‌جلسه {station} در {contest}",
        "Première saisie du procès-verbal {station} pour {contest}",
        "The sheet of {station} for {contest} was entered a first time";
    SheetSecondEntered = "sheet.second_entered",
        "أُدخل محضر {station} في {contest} مرة ثانية",
        "ورود دوم صورت‌جلسه {station} در {contest}",
        "Seconde saisie du procès-verbal {station} pour {contest}",
        "The sheet of {station} for {contest} was entered a second time";
    SheetCorrected = "sheet.corrected",
        "صُححت فروق الإدخالين لمحضر {station} في {contest}",
        "تفاوت دو ورود صورت‌جلسه {station} در {contest} اصلاح شد",
        "Écarts de saisie corrigés pour {station}, {contest}",
        "The differences between the two entries of {station} for {contest} were corrected";
    SheetAccepted = "sheet.accepted",
        "قُبل محضر {station} في {contest}، النسخة {version}، بصمة {digest}",
        "صورت‌جلسه {station} در {contest} پذیرفته شد، نسخه {version}، اثر {digest}",
        "Procès-verbal {station} accepté pour {contest}, version {version}, empreinte {digest}",
        "The sheet of {station} for {contest} was accepted, version {version}, digest {digest}";
    SheetQuarantined = "sheet.quarantined",
        "أُوقف محضر {station} في {contest}: {failures}، بصمة {digest}",
        "صورت‌جلسه {station} در {contest} قرنطینه شد: {failures}، اثر {digest}",
        "Procès-verbal {station} retenu pour {contest} : {failures}, empreinte {digest}",
        "The sheet of {station} for {contest} was held back: {failures}, digest {digest}";
    SheetAdjudicated = "sheet.adjudicated",
        "قُبل محضر {station} في {contest} بقرار، الأساس {ground}، بصمة {digest}",
        "صورت‌جلسه {station} در {contest} با تصمیم پذیرفته شد، مبنا {ground}، اثر {digest}",
        "{station} accepté par décision pour {contest}, base {ground}, empreinte {digest}",
        "The sheet {station} for {contest} was accepted by decision on {ground}, digest {digest}";
    SheetReturned = "sheet.returned",
        "أُعيد محضر {station} في {contest}: {ground}",
        "صورت‌جلسه {station} در {contest} بازگردانده شد: {ground}",
        "Procès-verbal {station} renvoyé pour {contest} : {ground}",
        "The sheet of {station} for {contest} was sent back: {ground}";
    SheetProposed = "sheet.proposed",
        "اقتُرح {outcome} لمحضر {station} في {contest}، الأساس {ground}",
        "برای صورت‌جلسه {station} در {contest} {outcome} پیشنهاد شد، مبنا {ground}",
        "{outcome} proposé pour {station}, {contest}, base {ground}",
        "{outcome} was proposed for the sheet of {station} for {contest} on {ground}";
    SheetProposalRefused = "sheet.proposal_refused",
        "رفض الجهاز الثاني المقترح بشأن محضر {station} في {contest}: {reason}",
        "مرجع دوم پیشنهاد درباره {station} در {contest} را رد کرد: {reason}",
        "Proposition refusée par le second organe pour {station}, {contest} : {reason}",
        "The second organ refused the proposal for {station}, {contest}: {reason}";
    SheetSuperseded = "sheet.superseded",
        "لم تعد النسخة {version} من محضر {station} في {contest} محسوبة، الأساس {ground}",
        "نسخه {version} صورت‌جلسه {station} در {contest} دیگر شمرده نمی‌شود، مبنا {ground}",
        "La version {version} de {station}, {contest}, ne compte plus, base {ground}",
        "Version {version} of {station} for {contest} no longer counts, on {ground}";
    SheetImaged = "sheet.imaged",
        "حُفظت الصورة {page} لمحضر {station} في {contest}، النسخة {version}، بصمة {digest}",
        "تصویر {page} صورت‌جلسه {station} در {contest} ثبت شد، نسخه {version}، اثر {digest}",
        "Image {page} du procès-verbal {station}, {contest}, version {version}, empreinte {digest}",
        "Image {page} of the sheet of {station} for {contest}, version {version}, digest {digest}";
    LotDrawn = "seats.lot_drawn",
        "أُجريت القرعة في {contest}: {outcome}", "قرعه در {contest} کشیده شد: {outcome}",
        "Tirage au sort pour {contest} : {outcome}", "A lot was drawn in {contest}: {outcome}";
    SeatsAllotted = "seats.allotted",
        "وُزعت {seats} مقاعد في {contest}", "{seats} کرسی در {contest} تخصیص یافت",
        "{seats} sièges attribués pour {contest}", "{seats} seats were allotted in {contest}";
    ResultProposed = "results.proposed",
        "اقتُرح اعتماد نتيجة {contest}: {counted} محضرًا من {stations}، بصمة {digest}",
        "تأیید نتیجه {contest} پیشنهاد شد: {counted} صورت‌جلسه از {stations}، اثر {digest}",
        "Validation de {contest} proposée : {counted} bureaux sur {stations}, empreinte {digest}",
        "Certifying {contest} was proposed: {counted} sheets of {stations}, digest {digest}";
    ResultProposalRefused = "results.proposal_refused",
        "رفض الجهاز الثاني اعتماد نتيجة {contest}: {reason}",
        "مرجع دوم تأیید نتیجه {contest} را رد کرد: {reason}",
        "Validation de {contest} refusée par le second organe : {reason}",
        "The second organ refused to certify {contest}: {reason}";
    ResultCertified = "results.certified",
        "اعتُمدت النتيجة النهائية لـ {contest}: {counted} محضرًا من {stations}",
        "نتیجه نهایی {contest} تأیید شد: {counted} صورت‌جلسه از {stations}",
        "Résultat définitif de {contest} validé : {counted} procès-verbaux sur {stations}",
        "The final result of {contest} was certified: {counted} sheets of {stations}";
    PublicationSealed = "publication.sealed",
        "نُشرت اللقطة {snapshot} ببيان بصمته {manifest}",
        "تصویر لحظه‌ای {snapshot} با بیانیه‌ای به اثر {manifest} منتشر شد",
        "Instantané {snapshot} publié, empreinte du manifeste {manifest}",
        "Snapshot {snapshot} was published, digest of its manifest {manifest}";
}
