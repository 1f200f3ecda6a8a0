# Ce qu’est un instantané.

snapshot-present = C’est l’instantané affiché en ce moment.
snapshot-replaced = Un autre l’a remplacé.
snapshot-later = { $count ->
       [one] { $shown } entrée du journal est venue après lui.
      *[other] { $shown } entrées du journal sont venues après lui.
   }
snapshot-to-present = Celui d’à présent :
snapshot-what = Tout chiffre qui porte cet identifiant est calculé à partir des mêmes premières entrées du journal. Les chiffres qui le portent vont ensemble ; ceux qui en portent un autre peuvent être plus anciens ou plus récents.
snapshot-place = Sa place au journal
snapshot-at = Heure de son dernier acte
snapshot-size = Entrées
snapshot-last = Dernière entrée
snapshot-sealed = Publié en dossier signé
snapshot-not-sealed = Non publié, ou pas encore
snapshot-root-why = La racine est l’empreinte SHA-256 de toutes ces entrées, mot pour mot ; l’identifiant est leur nombre et le début de la racine. Une seule entrée changée ou retirée donnerait une autre racine.
snapshot-came = { $count ->
       [one] { $part } procès-verbal reçu sur { $shown }.
      *[other] { $part } procès-verbaux reçus sur { $shown }.
   }
snapshot-not-kept = Ce serveur ne garde plus le nombre de ses procès-verbaux. Le journal, jusqu’à sa dernière entrée, les dit tous.
refusal-web-no-snapshot = Ni l’instantané affiché ni aucun de ceux qui l’ont précédé n’a cet identifiant.
refusal-title-no-snapshot = Aucun instantané n’a cet identifiant
refusal-next-no-snapshot = Comparez l’identifiant signe par signe : un nombre, un tiret, douze signes de 0 à 9 et de a à f. Si vous venez de le lire sur une page, attendez un instant et rechargez-la. S’il est juste et inconnu, demandez à l’autorité électorale : des chiffres sans instantané ne viennent pas d’ici.
