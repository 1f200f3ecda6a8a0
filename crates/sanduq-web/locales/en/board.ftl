# The board of the day.

board-title = The day
board-stations = Stations
board-opened = Opened
board-reporting = Reporting
board-silent = Silent
board-closed = Closed
board-of = { $count ->
       [0] no station is open
       [one] of { $shown } station
      *[other] of { $shown } stations
   }
board-turnout = Turnout
board-chart = Voted by the last hour: { $part } of { $shown } registered
board-sheets = Sheets
board-state = State
board-owed = Owed in all
board-person = Needs a person
board-person-none = Nothing waits for anybody.
board-lost = The live connection is lost; these are the last figures that came.
need-late = { $count ->
       [one] { $shown } station has not opened
      *[other] { $shown } stations have not opened
   }
need-silent = { $count ->
       [one] { $shown } silent station
      *[other] { $shown } silent stations
   }
need-quarantined = { $count ->
       [one] { $shown } sheet held back
      *[other] { $shown } sheets held back
   }
need-differing = { $count ->
       [one] { $shown } sheet whose entries differ
      *[other] { $shown } sheets whose entries differ
   }
need-returned = { $count ->
       [one] { $shown } sheet sent back
      *[other] { $shown } sheets sent back
   }
