# The stations one by one on the board, what waits for a person, and the wall.

condition-title = Une marque par bureau
condition-table = Bureaux par situation
condition-waiting = Pas encore ouvert
condition-late = En retard d’ouverture
condition-open = Ouvert, en contact
condition-silent = Ouvert, muet
condition-closed = Clos
condition-held = Procès-verbal retenu ou renvoyé
condition-counted = Compté
province-reporting = En contact : { $part } sur { $shown } { $count ->
       [one] bureau ouvert
      *[other] bureaux ouverts
   }
province-sheets = Dans les totaux : { $part } sur { $shown } { $count ->
       [one] procès-verbal
      *[other] procès-verbaux
   }
province-opened = Ouverts : { $part } sur { $shown } { $count ->
       [one] bureau
      *[other] bureaux
   }
needs-rest = { $count ->
       [one] { $shown } autre : toute la liste
      *[other] { $shown } autres : toute la liste
   }
needs-total = { $count ->
       [one] { $shown } affaire en attente, la plus urgente d’abord
      *[other] { $shown } affaires en attente, les plus urgentes d’abord
   }
needs-where = Par lieu
need-what-late = Jamais ouvert
need-what-silent = Ouvert, aucun relevé
need-what-differing = Deux saisies divergent
need-what-quarantined = Procès-verbal retenu
need-what-returned = Procès-verbal renvoyé
need-last-hour = Muet : dernier relevé { $what }
need-since = Saisies divergentes depuis { $what }
need-do-late = Téléphoner au président du bureau. Sans réponse, envoyer quelqu’un.
need-do-silent = Téléphoner au bureau et demander le relevé de l’heure.
need-do-differing = Faire relire sur le papier les lignes qui divergent.
need-do-quarantined = Le soumettre à la décision des deux organes.
need-do-returned = Demander au bureau quand le procès-verbal revient.
wall-at = Chiffres de
components-provinces = Provinces et leurs bureaux
components-needs = Ce qui attend quelqu’un
