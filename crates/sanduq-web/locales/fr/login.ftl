# Logging in, and the desk.

login-title = Connexion du personnel
login-number = Numéro de service
login-number-hint = Comme sur votre carte, par exemple E-1201
login-password = Mot de passe
login-enter = Se connecter
login-help = Mot de passe oublié ? Adressez-vous à l’administrateur ; aucun mot de passe n’est envoyé par courrier.
login-wrong = Numéro de service ou mot de passe incorrect
login-too-many = Cinq mots de passe incorrects pour ce numéro
login-wait = { $count ->
       [one] Pendant une minute encore, aucun mot de passe n’est examiné pour lui, même le bon. Réessayez ensuite ou demandez à l’administrateur.
      *[other] Pendant { $shown } minutes encore, aucun mot de passe n’est examiné pour lui, même le bon. Réessayez ensuite ou demandez à l’administrateur.
   }
login-again = Vérifiez la carte et réessayez. Après cinq mots de passe incorrects, le numéro attend un quart d’heure.
login-as = Vous êtes
login-out = Se déconnecter
desk-title = Mon poste
desk-nothing = Rien ne vous attend ici.
desk-waiting = { $count ->
       [one] { $shown } en attente
      *[other] { $shown } en attente
   }
desk-more = { $count ->
       [one] { $shown } autre attend. La liste montre les 100 premiers ; d’autres prennent la place de ceux qui sont saisis.
      *[other] { $shown } autres attendent. La liste montre les 100 premiers ; d’autres prennent la place de ceux qui sont saisis.
   }
desk-entry = Saisie des procès-verbaux
desk-first = Attend la première saisie
desk-second = Attend votre seconde saisie
desk-differing = Écarts à examiner
desk-decisions = Procès-verbaux retenus
desk-by-reason = Par motif
desk-to-propose = Attend une proposition
desk-to-sign = Attend la signature de votre organe
desk-stations = Bureaux à appeler
desk-late = Non ouverts à l’heure
desk-silent = Dernière heure non transmise
duty-registrar = Vous établissez et lisez le registre.
duty-station-head = Vous présidez un bureau : l’ouvrir, rendre compte chaque heure, le clore, envoyer le procès-verbal.
duty-clerk = Vous saisissez les procès-verbaux tels que sur le papier, sans voir la saisie d’autrui.
duty-adjudicator = Pour l’exécutif, vous proposez ou signez la décision sur les procès-verbaux retenus.
duty-supervisor = Pour la supervision, vous proposez ou signez la décision sur les procès-verbaux retenus, et signez les résultats.
duty-operations-officer = Vous suivez la journée depuis la salle des opérations et appelez les bureaux muets.
duty-results-officer = Vous suivez l’agrégation, proposez la validation des totaux et la publication d’un instantané.
duty-administrator = Vous enregistrez le personnel ; aucun droit sur le contenu.
duty-auditor = Vous lisez tout et ne changez rien.
