# La saisie des procès-verbaux.

entry-number = Le procès-verbal suivant
entry-station = Numéro du bureau de vote
entry-station-hint = Tel qu’il figure sur le papier, en chiffres de votre choix, avec ou sans tirets
entry-open = Ouvrir le procès-verbal
entry-next = Donnez-moi le prochain procès-verbal à saisir
entry-which = Quel procès-verbal de ce bureau ?
entry-unknown = Aucun bureau n’a le numéro { $what }
entry-unknown-help = Regardez encore le papier : province, circonscription, centre et bureau séparés par des tirets, comme 1-2-3-1.
entry-first = Première saisie
entry-first-help = Saisissez chaque ligne telle qu’elle figure sur le papier, même fausse. L’arithmétique est vérifiée quand deux personnes ont saisi la même chose.
entry-second = Seconde saisie
entry-second-help = Une autre personne a saisi ce procès-verbal. Saisissez chaque ligne telle qu’elle figure sur le papier, même fausse.
entry-third = Différences
entry-third-help = Deux personnes ont lu ces lignes différemment. Saisissez-les seules, telles qu’elles figurent sur le papier.
entry-save = Enregistrer le procès-verbal
entry-keys = Entrée passe à la ligne suivante et, à la fin, enregistre.
entry-is-empty = Cette ligne est vide.
entry-empty = { $count ->
    [one] { $shown } ligne est vide
   *[other] { $shown } lignes sont vides
   }
entry-empty-help = Vide n’est pas zéro. Saisissez ce qui figure sur le papier, ou confirmez que rien n’y figure.
entry-empty-confirm = Ces lignes sont vides sur le papier aussi
entry-slips = { $count ->
    [one] { $shown } ligne est illisible
   *[other] { $shown } lignes sont illisibles
   }
entry-slips-help = Rien n’est encore enregistré. La faute est indiquée à côté de chaque ligne.
entry-slip-digits = Des chiffres seulement : arabes, persans ou européens.
entry-slip-mixed = Des chiffres de deux écritures dans un nombre : écrivez-le dans une seule.
entry-slip-sign = Ni signe ni parenthèses : écrivez le nombre seul.
entry-slip-decimal = Pas de décimales : écrivez un nombre entier.
entry-slip-separator = Un séparateur de milliers est mal placé : écrivez le nombre sans séparateur.
entry-slip-large = Aucun bureau n’en a autant : vérifiez les chiffres.
entry-moved = Le procès-verbal a avancé depuis que vous l’avez ouvert
entry-moved-first = Il attend de nouveau sa première saisie. Votre saisie est toujours là ; enregistrez-la encore une fois.
entry-moved-second = Une autre personne a enregistré la première saisie. La vôtre est toujours là ; enregistrez-la comme seconde.
entry-moved-third = Deux autres personnes l’ont saisi et diffèrent. Votre saisie de ces lignes est toujours là ; enregistrez-la encore une fois.
entry-not-saved = Rien n’est enregistré
entry-taken = Une autre personne vient d’ouvrir ce procès-verbal
entry-taken-help = Demandez qui a le papier avant de saisir ; de deux saisies simultanées, la seconde sera redemandée.
entry-saved = Enregistré : { $what }
entry-saved-first = Une autre personne va le saisir sans voir vos chiffres.
entry-saved-accepted = Les deux saisies concordent. Le procès-verbal est dans les totaux.
entry-saved-held = Les deux saisies concordent, et le procès-verbal est retenu jusqu’à la décision des deux organes. Contrôles en défaut :
entry-saved-differing = { $count ->
    [one] Les deux saisies diffèrent à { $shown } ligne. Une troisième personne la regardera.
   *[other] Les deux saisies diffèrent à { $shown } lignes. Une troisième personne les regardera.
   }
