# Validation des résultats.

certify-title = Validation des résultats
certify-why = L’exécutif propose les totaux d’un scrutin et la supervision les signe : deux personnes de deux organes. Ce que les deux ont signé est définitif ; aucun de ses procès-verbaux ne change plus.
certify-none = Aucun scrutin dans cet état.
certify-way = Avancement
certify-open = Pas encore complet
certify-ready = Prêt à être proposé
certify-proposed = Attend la supervision
certify-final = Validé par les deux organes
certify-in-the-way = Ce qui manque encore
certify-missing = { $count ->
    [one] { $shown } bureau n’a pas de procès-verbal dans les totaux
   *[other] { $shown } bureaux n’ont pas de procès-verbal dans les totaux
   }
certify-waiting = { $count ->
    [one] { $shown } procès-verbal en cours de saisie ou en attente
   *[other] { $shown } procès-verbaux en cours de saisie ou en attente
   }
certify-disputed = { $count ->
    [one] { $shown } procès-verbal attend la réponse à une proposition
   *[other] { $shown } procès-verbaux attendent la réponse à une proposition
   }
certify-signed-by = Signé par
certify-units = Les mêmes totaux, unité par unité
certify-digest = Empreinte des totaux de chaque unité :
certify-touched = Un procès-verbal du scrutin a été touché depuis cette proposition : personne ne la signe plus, l’exécutif propose à nouveau.
certify-propose = Proposer la validation
certify-propose-why = Vous proposez exactement ces totaux. La supervision les signe ou les refuse.
certify-sign = Signer : le résultat est définitif
certify-sign-why = Vous signez exactement ces totaux. Ensuite aucun procès-verbal du scrutin ne peut changer.
certify-refuse = Refuser
certify-refuse-why = Le résultat reste ce qu’il est et peut être proposé à nouveau. Le motif est publié dans le journal.
certify-done-signed = Signé. Le résultat est définitif.
certify-done-refused = Refusé. Le motif est dans le journal.
desk-certification = Validation des résultats
developers-door-certification = Les scrutins sur le chemin de la validation : ce qui manque, qui a proposé, qui a signé
developers-stage = open, ready, proposed ou final
