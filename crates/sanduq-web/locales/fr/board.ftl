# The board of the day.

board-title = Tableau du jour
board-stations = Bureaux
board-opened = Ouverts
board-reporting = En contact
board-silent = Muets
board-closed = Clos
board-of = { $count ->
       [0] aucun bureau ouvert
       [one] sur { $shown } bureau
      *[other] sur { $shown } bureaux
   }
board-turnout = Taux de participation
board-chart = Votants à la dernière heure : { $part } sur { $shown } inscrits
board-sheets = Procès-verbaux
board-state = État
board-owed = Attendus au total
board-person = À traiter
board-person-none = Rien n’attend personne.
board-lost = Liaison directe perdue ; ces chiffres sont les derniers reçus.
need-late = { $count ->
       [one] { $shown } bureau non ouvert
      *[other] { $shown } bureaux non ouverts
   }
need-silent = { $count ->
       [one] { $shown } bureau muet
      *[other] { $shown } bureaux muets
   }
need-quarantined = { $count ->
       [one] { $shown } procès-verbal retenu
      *[other] { $shown } procès-verbaux retenus
   }
need-differing = { $count ->
       [one] { $shown } procès-verbal à saisies divergentes
      *[other] { $shown } procès-verbaux à saisies divergentes
   }
need-returned = { $count ->
       [one] { $shown } procès-verbal renvoyé
      *[other] { $shown } procès-verbaux renvoyés
   }
