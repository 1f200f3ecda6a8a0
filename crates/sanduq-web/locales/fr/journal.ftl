# The journal.

journal-title = Journal
journal-why = Tout ce qui a changé dans ce scrutin, phrase par phrase, le plus récent d’abord. Rien n’est supprimé ni modifié.
journal-root = Racine
journal-none = Aucune entrée.
journal-newer = Plus récentes
journal-older = Plus anciennes
outcome-accept = Accord
outcome-correct = Correctif
outcome-return = Renvoi
