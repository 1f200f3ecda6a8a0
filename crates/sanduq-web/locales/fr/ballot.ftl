# Le bulletin d’essai.

ballot-practice-title = Vote d’essai
ballot-practice-introduction = Essayez le chiffrement et la vérification d’un bulletin. Rien n’est compté ici.
ballot-practice-link = Faire un vote d’essai
ballot-check-title = Vérification d’un bulletin
ballot-check-introduction = Cet appareil montre ce que contient un bulletin chiffré par un autre.
ballot-script = Le chiffrement demande un script, et ce navigateur n’en exécute pas. Rien n’a été envoyé.
ballot-hash = Le programme de cette page, SHA-256 :

refusal-ballot-unfit = Ce qui a été envoyé n’est pas un bulletin du vote d’essai.
refusal-ballot-unproven = Les preuves du bulletin ne sont pas valables : il n’est pas pris.
refusal-ballot-opened = Ce bulletin a été ouvert pour une vérification et ne peut plus être déposé.
refusal-ballot-replaced = Un bulletin plus récent a remplacé celui-ci.
refusal-ballot-cast-before = Ce bulletin a été déposé et ne peut plus être ouvert pour une vérification.
refusal-ballot-too-many = Trop de bulletins d’essai sont venus de cette connexion. Réessayez dans une minute.
