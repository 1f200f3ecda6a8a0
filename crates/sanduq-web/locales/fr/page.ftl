# What stands on every page.

program = Sanduq
page-skip = Aller au contenu
page-invented = Répétition : ce pays est inventé, rien n’y est réel.
page-languages = Langue
page-sections = Rubriques
page-path = Vous êtes ici
page-snapshot = Instantané { $what }
page-journal-size = { $count ->
       [one] { $shown } entrée au journal
      *[other] { $shown } entrées au journal
   }
page-computed = Chaque chiffre est calculé à partir des procès-verbaux et des actes enregistrés ; aucun n’est saisi.
page-files = Ces chiffres en données :
pager-title = Pages
pager-before = Précédents
pager-after = Suivants
role-registrar = Responsable du registre
role-station-head = Président du bureau
role-clerk = Agent de saisie
role-adjudicator = Membre décideur (exécutif)
role-supervisor = Membre décideur (supervision)
role-operations-officer = Officier de la salle des opérations
role-results-officer = Responsable des résultats
role-administrator = Administrateur
role-auditor = Auditeur
organ-executive = Exécutif
organ-supervision = Supervision
organ-judiciary = Justice
organ-technical = Technique
organ-audit = Audit
organ-external = Externe
