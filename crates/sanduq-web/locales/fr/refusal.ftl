# Pages that say no.

refusal-title-not-found = Page introuvable
refusal-title-refused = Demande refusée
refusal-title-failed = La page ne peut être affichée
refusal-next-not-found = Vérifiez l’adresse ou repartez de la page nationale.
refusal-next-refused = Si cela relève de vous, connectez-vous avec votre numéro de service.
refusal-next-failed = Réessayez dans un instant. Rien de ce qui est enregistré n’est perdu.
refusal-home = Page nationale
refusal-web-not-found = Il n’y a pas de page à cette adresse.
refusal-web-no-event = Aucun scrutin n’est encore convoqué.
refusal-web-not-logged-in = Cette page est réservée au personnel connecté.
refusal-web-not-permitted = Votre rôle ne donne pas accès à cette page.
refusal-web-other-origin = La demande vient d’une page extérieure à ce site.
refusal-web-bad-form = Le formulaire envoyé est incomplet.
refusal-web-fault = La base de données ne répond pas.
