# The practice ballot.

ballot-practice-title = Practice ballot
ballot-practice-introduction = Try how a ballot is encrypted and checked. Nothing here is counted.
ballot-practice-link = Try a practice ballot
ballot-check-title = Check of a ballot
ballot-check-introduction = This device shows what a ballot holds that another device encrypted.
ballot-script = Encrypting takes a script, and this browser runs none. Nothing was sent.
ballot-hash = The program of this page, SHA-256:

refusal-ballot-unfit = What was sent is no ballot of the practice election.
refusal-ballot-unproven = The proofs of the ballot do not hold: it is not taken.
refusal-ballot-opened = This ballot was opened for a check and can no longer be cast.
refusal-ballot-replaced = A later ballot replaced this one.
refusal-ballot-cast-before = This ballot was cast and can no longer be opened for a check.
refusal-ballot-too-many = Too many practice ballots came from this connection. Try again in a minute.
