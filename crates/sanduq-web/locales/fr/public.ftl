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
