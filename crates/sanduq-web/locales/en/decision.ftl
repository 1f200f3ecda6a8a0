# Deciding on sheets.

decision-proposal = What is proposed
decision-accept = The figures stand; the failed checks are explained
decision-correct = Other figures, read again from the paper
decision-return = Back to the station
decision-changes = Lines that change
decision-was = Was
decision-will = Will be
decision-still-failing = Checks that do not hold with these figures:
decision-digest = Digest of the proposal (SHA-256)
decision-sign = Sign for my organ
decision-refuse = Refuse to sign
decision-reason = Why my organ refuses
decision-law-required = Without the second signature the proposal falls and the sheet stays held back.
decision-law-record = By law the refusal is recorded with its reason and the proposal stands all the same.
decision-waits = It waits for the other organ.
decision-propose = Propose a decision
decision-outcome = What becomes of the sheet?
decision-ground = Legal ground and explanation
decision-ground-hint = The article and what was found. It is published with the sheet: name nobody.
decision-figures = Figures as the paper has them
decision-send = Send to the other organ
decision-neighbours = The other stations of the centre
decision-station = Station
decision-registered = Registered
decision-in-box = In the box
decision-valid = Valid
decision-invalid = Invalid
decision-choose = Choose what becomes of the sheet
decision-choose-help = One of the outcomes must be chosen.
decision-not-recorded = Not recorded
decision-done-proposed = Proposed. It waits for the other organ.
decision-done-answered = Your organ’s answer is recorded.
decision-entries = What each person typed
decision-entries-none = Nobody typed this version here line by line: it came as data, or its typing is not on record.
decision-entries-alike = All read every line alike.
decision-entries-differ = { $count ->
       [one] The entries differ in { $shown } line.
      *[other] The entries differ in { $shown } lines.
   }
decision-entry = Entry { $what }
decision-differs = differs
decision-line-empty = empty
decision-not-asked = not asked
decision-neighbours-of = The figures of these stations are of snapshot
decision-not-asked-why = A dash: this person had to read only the lines that differ.
