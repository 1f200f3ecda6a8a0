# Où voter ?

own-station-title = Où voter ?
own-station-number = Numéro de CIN
own-station-number-hint = Comme sur votre carte d’identité, les chiffres seulement
own-station-born = Date de naissance
own-station-born-hint = Comme sur votre carte d’identité, par exemple 27 3 1985
own-station-day = Jour
own-station-month = Mois
own-station-year = Année
own-station-ask = Afficher mon bureau de vote
own-station-promise = Ce que vous saisissez n’est pas conservé, et aucun nom n’est affiché.
own-station-again = Nouvelle recherche
own-station-yours = Votre bureau de vote
own-station-found = Votre bureau de vote
own-station-on-roll = Vous êtes inscrit au registre des électeurs
own-station-code = Numéro du bureau
own-station-open = Scrutin
own-station-hours = De { $opens } à { $closes }
own-station-unreadable = La saisie n’est pas lisible
own-station-wrong-number = Le numéro de CIN compte de 6 à 20 chiffres et rien d’autre. Saisissez-le à nouveau.
own-station-wrong-date = Cette date n’existe pas. Saisissez le jour, le mois et l’année en chiffres, l’année avec quatre chiffres.
own-station-not-found = Ce numéro et cette date ne figurent pas ensemble au registre des électeurs
own-station-not-found-next = Vérifiez les deux sur votre carte d’identité et saisissez-les à nouveau. S’ils sont exacts, adressez-vous au bureau d’inscription : les listes y sont aussi consultables.
own-station-not-placed = Vous êtes inscrit au registre des électeurs
own-station-not-placed-next = Votre bureau de vote n’est pas encore désigné. Revenez dans quelques jours.
own-station-too-many = Trop d’essais
own-station-wait = { $count ->
       [one] Attendez une minute, puis réessayez.
      *[other] Attendez { $shown } minutes, puis réessayez.
   }
own-station-busy = Beaucoup de demandes en ce moment
own-station-busy-next = Réessayez dans quelques secondes.
own-station-not-frozen = Le registre des électeurs n’est pas encore clos
own-station-not-frozen-next = Après la clôture, cette page vous dira où vous votez.
own-station-failed = Aucune réponse pour le moment
own-station-failed-next = La panne vient de nous. Réessayez dans quelques minutes ou adressez-vous au bureau d’inscription.
