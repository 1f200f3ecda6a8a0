# Décider des procès-verbaux.

decision-proposal = Ce qui est proposé
decision-accept = Les chiffres sont maintenus ; les contrôles en défaut sont expliqués
decision-correct = D’autres chiffres, relus sur le papier
decision-return = Retour au bureau de vote
decision-changes = Lignes qui changent
decision-was = Avant
decision-will = Après
decision-still-failing = Contrôles en défaut avec ces chiffres :
decision-digest = Empreinte de la proposition (SHA-256)
decision-sign = Signer pour mon organe
decision-refuse = Refuser de signer
decision-reason = Pourquoi mon organe refuse
decision-law-required = Sans la seconde signature, la proposition tombe et le procès-verbal reste retenu.
decision-law-record = Selon la loi, le refus est consigné avec son motif et la proposition tient malgré tout.
decision-waits = Elle attend l’autre organe.
decision-propose = Proposer une décision
decision-outcome = Que devient le procès-verbal ?
decision-ground = Fondement juridique et explication
decision-ground-hint = L’article et ce qui a été constaté. Le texte est publié avec le procès-verbal : ne nommez personne.
decision-figures = Les chiffres tels que le papier les porte
decision-send = Envoyer à l’autre organe
decision-neighbours = Les autres bureaux du centre
decision-station = Bureau
decision-registered = Inscrits
decision-in-box = Dans l’urne
decision-valid = Exprimés
decision-invalid = Nuls
decision-choose = Choisissez ce que devient le procès-verbal
decision-choose-help = Il faut choisir une des issues.
decision-not-recorded = Rien n’est consigné
decision-done-proposed = Proposé. Cela attend l’autre organe.
decision-done-answered = La réponse de votre organe est consignée.
decision-entries = Ce que chaque personne a saisi
decision-entries-none = Personne n’a saisi cette version ici ligne par ligne : elle est venue en données, ou sa saisie n’est pas conservée.
decision-entries-alike = Toutes ont lu chaque ligne de la même façon.
decision-entries-differ = { $count ->
       [one] Les saisies diffèrent à { $shown } ligne.
      *[other] Les saisies diffèrent à { $shown } lignes.
   }
decision-entry = Saisie { $what }
decision-differs = différent
decision-line-empty = vide
decision-not-asked = non demandé
decision-neighbours-of = Les chiffres de ces bureaux sont de l’instantané
decision-not-asked-why = Le tiret : cette personne n’avait à lire que les lignes différentes.
