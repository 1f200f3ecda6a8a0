# La carte, les voix pour les programmes, et ce qui était attendu.

map-turnout = Carte : taux de participation, par { $what }
map-leading = Carte : choix en tête, par { $what } – { $instead }
map-step = de { $what } à moins de { $instead }
map-nothing = Aucun rapport pour l’instant
map-tie = Égalité des voix
components-map = Carte
components-dots = Lieux sans contours
votes-files = Ces voix choix par choix :
margins-files = L’écart de chaque scrutin :
hours-files = Ces heures en données :
units-files = Ces unités en données :
conditions-files = Ces situations, et les procès-verbaux par état, en données :
developers-door-votes = Les voix d’une unité choix par choix : à côté, le scrutin précédent, les sièges et ce qui manquait pour un de plus
developers-door-margins = L’écart du dernier siège de chaque scrutin entièrement dépouillé
refusal-law-far-below = Le seuil sous l’attendu est un pourcentage entier de 1 à 99.
refusal-outline-short = Un anneau d’un contour a moins de quatre points ; fermez-le ou retirez-le.
refusal-outline-open = Un anneau d’un contour ne finit pas où il commence ; fermez-le.
refusal-outline-outside-world = Un point d’un contour n’est pas de ce monde ; donnez des degrés WGS 84.
refusal-outline-point-twice = Un point d’un contour figure deux fois de suite ; retirez-en un.
refusal-outline-no-ground = Un anneau d’un contour n’entoure rien ; retirez-le.
refusal-outline-ring-twice = Un anneau d’un contour figure deux fois ; retirez-en un.
refusal-outline-unit-twice = Une unité a deux contours ; réunissez-les.
refusal-outline-unknown-unit = Un contour est celui d’une unité inconnue ; corrigez son code.
refusal-outline-of-station = Un bureau a un lieu, pas de contour.
refusal-outline-shared = Deux unités d’un niveau ont le même contour ; un code est faux.
refusal-outline-too-long = Les contours ont trop de points ; simplifiez-les.
figure-expected = Attendus à cette heure
expected-none = Rien n’est attendu de ces heures : aucun scrutin précédent ne dit les siennes.
need-far-below = { $count ->
       [one] { $shown } bureau loin sous l’attendu
      *[other] { $shown } bureaux loin sous l’attendu
   }
need-what-far-below = Bien loin sous l’attendu
need-do-far-below = Appelez le bureau et demandez pourquoi si peu viennent.
