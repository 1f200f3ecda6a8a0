# Typing sheets.

entry-number = The next sheet
entry-station = Number of the station
entry-station-hint = As it stands on the paper, in any digits, with its dashes or without
entry-open = Open the sheet
entry-next = Give me a sheet that waits
entry-which = Which sheet of this station?
entry-unknown = No station has the number { $what }
entry-unknown-help = Look at the paper again: province, constituency, centre and station with dashes between them, such as 1-2-3-1.
entry-first = First entry
entry-first-help = Type each line as it stands on the paper, also where it is wrong. The arithmetic is looked at when two persons have typed the same.
entry-second = Second entry
entry-second-help = Somebody else has typed this sheet. Type each line as it stands on the paper, also where it is wrong.
entry-third = Differences
entry-third-help = Two persons read these lines differently. Type only these, as they stand on the paper.
entry-save = Save the sheet
entry-keys = Enter goes to the next line, and at the end it saves.
entry-is-empty = This line is empty.
entry-empty = { $count ->
    [one] { $shown } line is empty
   *[other] { $shown } lines are empty
   }
entry-empty-help = Empty is not zero. Type what stands on the paper, or confirm that nothing stands there.
entry-empty-confirm = These lines are empty on the paper too
entry-slips = { $count ->
    [one] { $shown } line cannot be read
   *[other] { $shown } lines cannot be read
   }
entry-slips-help = Nothing has been saved yet. What is wrong is said beside each line.
entry-slip-digits = Digits only: Arabic, Persian or European.
entry-slip-mixed = Digits of two scripts in one number: write it in one of them.
entry-slip-sign = No sign and no brackets: write the number alone.
entry-slip-decimal = No decimal point: write a whole number.
entry-slip-separator = A thousands separator stands in the wrong place: write the number without.
entry-slip-large = No station has so many: check the digits.
entry-moved = The sheet has moved on since you opened it
entry-moved-first = It waits for its first entry again. What you typed is still here; save it once more.
entry-moved-second = Somebody else has saved the first entry. What you typed is still here; save it as the second entry.
entry-moved-third = Two others have typed it and differ. What you typed of those lines is still here; save it once more.
entry-not-saved = Not saved
entry-taken = Somebody else has just opened this sheet
entry-taken-help = Ask who has the paper before you type; of two who type at once, the second is asked again.
entry-saved = Saved: { $what }
entry-saved-first = Another person will now type it without seeing your figures.
entry-saved-accepted = Both entries agree. The sheet is in the totals.
entry-saved-held = Both entries agree, and the sheet is held back until both organs decide. Checks that do not hold:
entry-saved-differing = { $count ->
    [one] The two entries differ in { $shown } line. A third person will look at it.
   *[other] The two entries differ in { $shown } lines. A third person will look at them.
   }
