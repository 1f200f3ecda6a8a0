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
