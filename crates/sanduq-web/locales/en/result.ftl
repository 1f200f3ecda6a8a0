# The result, from the nation down to a station.

result-title = Results
figure-registered = Registered
figure-eligible = Eligible
figure-came = Came
figure-voted = Voted
figure-turnout = Turnout
figure-by-reports = by the stations’ reports
figure-turnout-of = voted of registered
standing-locked = Locked until the last station closes
standing-awaited = Awaiting the first sheet
standing-partial = Partial result
standing-preliminary = Preliminary result
standing-final = Final result: certified by both organs
coverage-counted = { $count ->
       [one] { $part } of { $shown } station counted
      *[other] { $part } of { $shown } stations counted
   }
choices-choice = Choice
choices-votes = Votes
choices-share = Of valid
choices-leads = Leads
choices-none = No votes are counted yet.
locked-title = Votes are locked
locked-why = No vote is announced before the last station has closed, so that no announcement sways a voter.
locked-closed = { $count ->
       [one] { $part } of { $shown } station has closed
      *[other] { $part } of { $shown } stations have closed
   }
hours-title = Turnout by the hour
hours-hour = Hour
hours-none = No report has come in yet.
hours-reporting = { $count ->
       [one] Last hour: { $part } of { $shown } station reported
      *[other] Last hour: { $part } of { $shown } stations reported
   }
seats-title = Seats
seats-seats = Seats
seats-allotted = Seats allotted
seats-open = Seats still open
seats-preliminary-title = Preliminary seats
seats-preliminary = Computed from every sheet; not certified yet.
seats-final-title = Final seats
seats-final = Computed from the totals that both organs have certified.
seats-run-off-title = Run-off
seats-run-off = Nobody has the required majority; a run-off between the leaders is needed.
seats-lot-title = A tie
seats-lot = Votes do not decide the last seat; what the law prescribes is needed.
seats-reopen-title = Nominations reopen
seats-reopen = The only candidate missed the required share.
seats-refused-title = No seats
seats-refused = The rule gives no answer on these figures.
below-title = Contests below
below-contests = { $count ->
       [one] { $shown } contest
      *[other] { $shown } contests
   }
below-seats = Seats by list
below-all = All contests
units-title = By { $what }
units-accepted = Sheets accepted
units-quarantined = Held back
units-total = Total
units-of = { $part } / { $shown }
contests-title = Contests
contests-contest = Contest
contests-standing = Standing
contests-counted = Stations counted
