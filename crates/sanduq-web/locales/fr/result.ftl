# The result, from the nation down to a station.

result-title = Résultats
figure-registered = Inscrits
figure-eligible = Ayants droit
figure-came = Présentés
figure-voted = Votants
figure-turnout = Taux de participation
figure-by-reports = selon les rapports des bureaux
figure-turnout-of = votants parmi les inscrits
standing-locked = Verrouillés jusqu’à la clôture du dernier bureau
standing-awaited = Dans l’attente du premier procès-verbal
standing-partial = Résultat partiel
standing-preliminary = Résultat préliminaire
standing-final = Résultat définitif, validé par les deux organes
coverage-counted = { $count ->
       [one] { $part } bureau compté sur { $shown }
      *[other] { $part } bureaux comptés sur { $shown }
   }
choices-choice = Choix
choices-votes = Voix
choices-share = Des exprimés
choices-leads = En tête
choices-none = Aucune voix comptée pour l’instant.
locked-title = Les voix sont verrouillées
locked-why = Aucune voix n’est annoncée avant la clôture du dernier bureau, pour n’influencer personne.
locked-closed = { $count ->
       [one] { $part } bureau clos sur { $shown }
      *[other] { $part } bureaux clos sur { $shown }
   }
hours-title = Taux de participation par heure
hours-hour = Heure
hours-none = Aucun rapport reçu pour l’instant.
hours-reporting = { $count ->
       [one] Dernière heure : { $part } bureau sur { $shown }
      *[other] Dernière heure : { $part } bureaux sur { $shown }
   }
seats-title = Sièges
seats-seats = Sièges
seats-allotted = Sièges attribués
seats-open = Sièges non attribués
seats-preliminary-title = Sièges préliminaires
seats-preliminary = Calculés sur tous les procès-verbaux ; pas encore validés.
seats-final-title = Sièges définitifs
seats-final = Calculés sur les totaux que les deux organes ont validés.
seats-run-off-title = Second tour
seats-run-off = Personne n’a la majorité requise ; un second tour départage les premiers.
seats-lot-title = Égalité des voix
seats-lot = Les voix ne départagent pas le dernier siège ; la loi dit comment.
seats-reopen-title = Réouverture des candidatures
seats-reopen = Le candidat unique n’a pas atteint la part requise.
seats-refused-title = Pas de sièges
seats-refused = La règle ne donne pas de réponse sur ces chiffres.
below-title = Scrutins des unités inférieures
below-contests = { $count ->
       [one] { $shown } scrutin
      *[other] { $shown } scrutins
   }
below-seats = Sièges par liste
below-all = Tous les scrutins
units-title = Par { $what }
units-accepted = PV acceptés
units-quarantined = Retenus
units-total = Total
units-of = { $part } / { $shown }
contests-title = Scrutins
contests-contest = Scrutin
contests-standing = État
contests-counted = Bureaux comptés
