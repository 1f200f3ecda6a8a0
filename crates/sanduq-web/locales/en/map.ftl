# The map, votes for programs, and what was expected.

map-turnout = Map: turnout by { $what }
map-leading = Map: who leads by { $what } – { $instead }
map-step = { $what } to under { $instead }
map-nothing = No report yet
map-tie = Tie
components-map = Map
components-dots = Places without outlines
votes-files = These votes choice by choice:
margins-files = The margin of every contest:
hours-files = These hours as data:
units-files = These units as data:
conditions-files = These conditions, and sheets by state, as data:
developers-door-votes = The votes of a unit choice by choice: beside each the event before, its seats and what it lacked for one more
developers-door-margins = The margin of the last seat of every contest whose every sheet is counted
refusal-law-far-below = The threshold below an expectation is a whole number of per cent from 1 to 99.
refusal-outline-short = A ring of an outline has fewer than four points; close it or take it out.
refusal-outline-open = A ring of an outline does not end where it begins; close it.
refusal-outline-outside-world = A point of an outline is no place of this world; give degrees of WGS 84.
refusal-outline-point-twice = A point of an outline stands twice in a row; take one out.
refusal-outline-no-ground = A ring of an outline encloses nothing; take it out.
refusal-outline-ring-twice = A ring of an outline stands twice; take one out.
refusal-outline-unit-twice = A unit has two outlines; join them in one.
refusal-outline-unknown-unit = An outline is of a unit that is not there; correct its code.
refusal-outline-of-station = A station has a place and no outline.
refusal-outline-shared = Two units of one level have one border; one of them has the wrong code.
refusal-outline-too-long = The outlines have too many points; simplify them.
figure-expected = Expected to have come
expected-none = Nothing is expected of these hours: no event before tells its own.
need-far-below = { $count ->
       [one] { $shown } station far below its expectation
      *[other] { $shown } stations far below their expectation
   }
need-what-far-below = Far below its expectation
need-do-far-below = Telephone the station and ask why so few come.
