# The stations one by one on the board, what waits for a person, and the wall.

condition-title = One mark a station
condition-table = Stations by condition
condition-waiting = Not open yet
condition-late = Late to open
condition-open = Open, reporting
condition-silent = Open, silent
condition-closed = Closed
condition-held = A sheet held back or sent back
condition-counted = Counted
province-reporting = Reporting: { $part } of { $shown } open { $count ->
       [one] station
      *[other] stations
   }
province-sheets = In the totals: { $part } of { $shown } { $count ->
       [one] sheet
      *[other] sheets
   }
province-opened = Opened: { $part } of { $shown } { $count ->
       [one] station
      *[other] stations
   }
needs-rest = { $count ->
       [one] { $shown } more: the whole list
      *[other] { $shown } more: the whole list
   }
needs-total = { $count ->
       [one] { $shown } matter waits, the most urgent first
      *[other] { $shown } matters wait, the most urgent first
   }
needs-where = By place
need-what-late = Never opened
need-what-silent = Open, no report yet
need-what-differing = Two entries differ
need-what-quarantined = Sheet held back
need-what-returned = Sheet sent back
need-last-hour = Silent: last report { $what }
need-since = Entries differ since { $what }
need-do-late = Telephone the head of the station. If nobody answers, send someone.
need-do-silent = Telephone the station and ask for the report of the hour.
need-do-differing = Have the differing lines read again from the paper.
need-do-quarantined = Put it before the two organs for a decision.
need-do-returned = Ask the station when the sheet comes back.
wall-at = Figures of
components-provinces = Provinces and their stations
components-needs = What waits for a person
