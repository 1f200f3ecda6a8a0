# Where do I vote?

own-station-title = Where do I vote?
own-station-number = National ID number
own-station-number-hint = As printed on your identity card, digits only
own-station-born = Date of birth
own-station-born-hint = As on your identity card, for example 27 3 1985
own-station-day = Day
own-station-month = Month
own-station-year = Year
own-station-ask = Show my polling station
own-station-promise = What you type is not kept, and no name is shown.
own-station-again = Ask again
own-station-yours = Your polling station
own-station-found = Your polling station
own-station-on-roll = You are on the voter roll
own-station-code = Station number
own-station-open = Polling
own-station-hours = From { $opens } to { $closes }
own-station-unreadable = Something cannot be read
own-station-wrong-number = The national ID number has 6 to 20 digits and nothing else. Type it again.
own-station-wrong-date = There is no such date. Type day, month and year as numbers, the year with four digits.
own-station-not-found = This number and this date are not together on the voter roll
own-station-not-found-next = Check both on your identity card and type them again. If they are right, ask at the registration office: the lists are open there too.
own-station-not-placed = You are on the voter roll
own-station-not-placed-next = Your polling station has not been assigned yet. Ask again in a few days.
own-station-too-many = Too many tries
own-station-wait = { $count ->
       [one] Wait a minute, then try again.
      *[other] Wait { $shown } minutes, then try again.
   }
own-station-busy = Many people are asking at this moment
own-station-busy-next = Try again in a few seconds.
own-station-not-frozen = The voter roll is not closed yet
own-station-not-frozen-next = Once it is closed, this page tells you where you vote.
own-station-failed = No answer can be had at the moment
own-station-failed-next = The fault is ours, not yours. Try again in a few minutes, or ask at the registration office.
