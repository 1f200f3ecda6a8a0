# What only the public pages say: search, how to check, seats.

search-title = Recherche
search-for = Recherche : { $what }
search-label = Rechercher un lieu, une liste ou un candidat
search-placeholder = Lieu, liste, candidat, code
search-button = Rechercher
search-hint = Un nom ou un code, comme « Sources » ou 12. L’orthographe est tolérée, en lettres et chiffres arabes, persans et latins.
search-private = Seuls les lieux, les scrutins, les listes et les candidats sont recherchés : aucun électeur ne peut être trouvé ici. Votre recherche figure dans l’adresse, pour que vous puissiez la transmettre.
search-empty = Écrivez un nom ou un code.
search-none = Rien ne porte ce nom ou ce code.
search-none-next = Essayez avec moins de mots, ou seulement le début du nom.
search-found = { $count ->
       [one] { $shown } résultat
      *[other] { $shown } résultats
   }
search-rest = { $count ->
       [one] { $shown } autre résultat n’est pas affiché : un mot de plus précise la recherche.
      *[other] { $shown } autres résultats ne sont pas affichés : un mot de plus précise la recherche.
   }
search-candidate = Candidat d’une liste
seats-lacked = Voix manquantes
seats-list-order = Dans l’ordre de la liste :
seats-margin-seat = { $count ->
       [one] Avec { $shown } voix de plus, le dernier siège revenait à { $what } au lieu de { $instead }.
      *[other] Avec { $shown } voix de plus, le dernier siège revenait à { $what } au lieu de { $instead }.
   }
seats-margin-free = { $count ->
       [one] Avec { $shown } voix de plus, un siège de plus revenait à { $what }.
      *[other] Avec { $shown } voix de plus, un siège de plus revenait à { $what }.
   }
seats-margin-run-off = { $count ->
       [one] Avec { $shown } voix de plus, la place au second tour revenait à { $what } au lieu de { $instead }.
      *[other] Avec { $shown } voix de plus, la place au second tour revenait à { $what } au lieu de { $instead }.
   }
seats-margin-run-off-free = { $count ->
       [one] Avec { $shown } voix de plus, une place au second tour revenait à { $what }.
      *[other] Avec { $shown } voix de plus, une place au second tour revenait à { $what }.
   }
hours-coverage = { $count ->
       [one] { $part } bureau sur { $shown }
      *[other] { $part } bureaux sur { $shown }
   }
check-title = Comment vérifier vous-même
check-snapshot = Instantané
check-address = Adresse de ces chiffres
check-data = Les mêmes en données
check-files = Fichiers du dossier publié
check-how = Prenez le dossier publié, complet et signé, et faites refaire tous les calculs sur votre propre machine :
check-key = FOLDER est le dossier tel que vous l’avez pris. KEY est la clé de l’éditeur, telle que l’autorité la communique ailleurs qu’ici.
check-means = La commande se termine par 0 seulement si chaque octet est celui qui a été scellé et si chaque chiffre découle des procès-verbaux. Si une page et un fichier diffèrent, le fichier fait foi. README.md, dans le dossier, explique comment tout autre programme peut le faire.
seats-margin-outright = { $count ->
       [one] Avec { $shown } voix de plus, un siège revenait à { $what } sans second tour.
      *[other] Avec { $shown } voix de plus, un siège revenait à { $what } sans second tour.
   }
choices-change = Écart
choices-compared = Écart : points de part des exprimés depuis { $what } ; – sans candidature alors.
figure-turnout-change = { $what } points depuis { $instead }
seats-closest = Les sièges les plus disputés
