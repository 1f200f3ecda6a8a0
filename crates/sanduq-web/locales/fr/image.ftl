# Les images des procès-verbaux : photographies et numérisations du papier signé.

image-title = Image du procès-verbal
image-awaited = Pas d’image : le procès-verbal n’est pas encore arrivé.
image-missing = Aucune image de ce procès-verbal n’est enregistrée. Ses chiffres sont publiés sans elle.
image-missing-since = Le bureau a fermé : { $what }.
image-missing-all = Tous les procès-verbaux sans image
image-locked = { $count ->
    [one] { $shown } image enregistrée, pas encore montrée
   *[other] { $shown } images enregistrées, pas encore montrées
   }
image-locked-why = Une image montre des voix. Elle devient publique quand le dernier bureau de la circonscription a fermé.
image-page = Page { $shown }
image-size = { $shown } ko
image-kind-jpeg = JPEG
image-kind-png = PNG
image-alternative = Photographie ou numérisation du procès-verbal signé de { $what }. Ses lignes sont transcrites sur cette page.
image-digest = SHA-256
image-send = Envoyer une image du papier
image-send-now = Envoyer l’image
image-choose = Photographie ou numérisation du procès-verbal signé
image-hint = JPEG ou PNG, 6 Mio au plus, les quatre bords du papier visibles. Lieu, heure et noms que l’appareil écrit à côté de l’image sont retirés.
image-on-record = Enregistré
image-none-yet = Pas encore d’image de ce procès-verbal.
image-not-shown = Les images ne sont pas montrées ici : elles montrent des voix. Elles deviennent publiques quand le dernier bureau de la circonscription a fermé.
image-recorded = L’image est enregistrée
image-recorded-help = Si le papier a une autre page, envoyez-la maintenant.
image-already = Cette image est déjà enregistrée
image-not-recorded = L’image n’est pas enregistrée
image-closed = Ce procès-verbal ne prend pas d’image maintenant
image-closed-help = Une image s’envoie après l’arrivée des chiffres et avant l’acceptation du procès-verbal.
image-missing-title = Procès-verbaux sans image
image-missing-of = { $part } sur { $shown } procès-verbaux arrivés
image-missing-note = Les chiffres de ces procès-verbaux sont publiés sans image du papier.
image-missing-none = Chaque procès-verbal arrivé a son image.
image-station = Bureau de vote
image-code = Code
image-state = État
components-image = Image d’un procès-verbal
developers-door-images = Les procès-verbaux d’une circonscription sans image
refusal-web-many-images = Trop d’images sont envoyées en ce moment. Attendez une minute, puis renvoyez.
refusal-image-empty = Aucun fichier n’a été envoyé. Choisissez ou prenez d’abord une photo.
refusal-image-too-long = Le fichier dépasse 6 Mio. Prenez la photo en qualité moindre.
refusal-image-not-an-image = Le fichier n’est ni JPEG ni PNG, quel que soit son nom. Envoyez une photographie.
refusal-image-damaged = L’image est abîmée ou incomplète. Reprenez-la et envoyez-la entière.
refusal-image-too-small = Le petit côté de l’image a moins de 800 pixels : personne ne pourrait lire le procès-verbal. Prenez-la en plus haute résolution.
refusal-image-too-large = Un côté de l’image dépasse 8 200 pixels. Prenez-la en résolution moindre.
refusal-image-no-sheet = Le procès-verbal n’est pas encore arrivé. Envoyez d’abord ses chiffres, puis l’image.
refusal-image-wrong-organ = Votre organe n’a pas part aux images des procès-verbaux.
refusal-image-of-another-sheet = Ce fichier même est l’image d’un autre procès-verbal. Photographiez ce papier-ci.
refusal-image-settled = Le procès-verbal est accepté ou clos et ne prend plus d’image. Sa version suivante en prend.
refusal-image-too-many-pages = Le procès-verbal a huit images et n’en prend plus.
