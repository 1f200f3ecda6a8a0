# What only the public pages say: search, how to check, seats.

search-title = Search
search-for = Search: { $what }
search-label = Search for a place, a list or a candidate
search-placeholder = Place, list, candidate, code
search-button = Search
search-hint = A name or a code, such as “Springs” or 12. Spelling is forgiven, in Arabic, Persian and Latin letters and digits.
search-private = Only places, contests, lists and candidates are searched: no voter can be found here. What you search for stands in the address, so that you can pass it on.
search-empty = Write a name or a code.
search-none = Nothing has this name or code.
search-none-next = Try fewer words, or the beginning of the name only.
search-found = { $count ->
       [one] { $shown } result
      *[other] { $shown } results
   }
search-rest = { $count ->
       [one] { $shown } more result is not shown: one more word narrows the search.
      *[other] { $shown } more results are not shown: one more word narrows the search.
   }
search-candidate = Candidate on a list
seats-lacked = Short of one more
seats-list-order = In list order:
seats-margin-seat = { $count ->
       [one] { $shown } more vote for { $what }, and the last seat would have been theirs, not { $instead }’s.
      *[other] { $shown } more votes for { $what }, and the last seat would have been theirs, not { $instead }’s.
   }
seats-margin-free = { $count ->
       [one] { $shown } more vote for { $what }, and one more seat would have been theirs.
      *[other] { $shown } more votes for { $what }, and one more seat would have been theirs.
   }
seats-margin-run-off = { $count ->
       [one] { $shown } more vote for { $what }, and the place in the run-off would have been theirs, not { $instead }’s.
      *[other] { $shown } more votes for { $what }, and the place in the run-off would have been theirs, not { $instead }’s.
   }
seats-margin-run-off-free = { $count ->
       [one] { $shown } more vote for { $what }, and a place in the run-off would have been theirs.
      *[other] { $shown } more votes for { $what }, and a place in the run-off would have been theirs.
   }
hours-coverage = { $count ->
       [one] { $part } of { $shown } station
      *[other] { $part } of { $shown } stations
   }
check-title = How to check this yourself
check-snapshot = Snapshot
check-address = Address of these figures
check-data = The same as data
check-files = Files of the published folder
check-how = Take the published folder, which is whole and signed, and have it added up again on a machine of your own:
check-key = FOLDER is the folder as you took it. KEY is the publisher’s key as the authority tells it elsewhere than here.
check-means = The command ends with 0 only when every byte is the sealed one and every figure follows from the sheets. Where a page and a file differ, the file counts. README.md in the folder says how any other program does the same.
seats-margin-outright = { $count ->
       [one] { $shown } more vote for { $what }, and a seat would have been theirs without a run-off.
      *[other] { $shown } more votes for { $what }, and a seat would have been theirs without a run-off.
   }
choices-change = Change
choices-compared = Change: points of the share of valid votes since { $what }; – where it did not stand.
figure-turnout-change = { $what } points since { $instead }
seats-closest = The closest seats
