# Logging in, and the desk.

login-title = Staff log-in
login-number = Service number
login-number-hint = As on your card, for example E-1201
login-password = Password
login-enter = Log in
login-help = Forgotten the password? Ask the administrator; no password is ever sent by mail.
login-wrong = The service number or the password is wrong
login-too-many = Five passwords were wrong for this number
login-wait = { $count ->
       [one] For one more minute no password is looked at for it, not even the right one. Then try again, or ask the administrator.
      *[other] For { $shown } more minutes no password is looked at for it, not even the right one. Then try again, or ask the administrator.
   }
login-again = Check the card and try again. After five wrong passwords, the number waits a quarter of an hour.
login-as = You are
login-out = Log out
desk-title = My desk
desk-nothing = Nothing waits for you here.
desk-waiting = { $count ->
       [one] { $shown } waiting
      *[other] { $shown } waiting
   }
desk-more = { $count ->
       [one] { $shown } more waits. Listed are the first 100; others take the places of those that are typed.
      *[other] { $shown } more wait. Listed are the first 100; others take the places of those that are typed.
   }
desk-entry = Typing sheets
desk-first = Waits for a first entry
desk-second = Waits for your second entry
desk-differing = Differences to look at
desk-decisions = Sheets held back
desk-by-reason = By reason
desk-to-propose = Waits for a proposal
desk-to-sign = Waits for your organ’s signature
desk-stations = Stations to call
desk-late = Not opened in time
desk-silent = Last hour not reported
duty-registrar = You build and read the roll.
duty-station-head = You head a station: open it, report by the hour, close it, send its sheet.
duty-clerk = You type sheets as they stand on paper, without seeing anybody else’s entry.
duty-adjudicator = For the executive, you propose or sign decisions on sheets held back.
duty-supervisor = For the supervision, you propose or sign decisions on sheets held back, and sign results.
duty-operations-officer = You watch the day from the operations room and call silent stations.
duty-results-officer = You follow the aggregation, propose totals to be certified, and the publication of a snapshot.
duty-administrator = You enrol staff; you have no right to content.
duty-auditor = You read everything and change nothing.
