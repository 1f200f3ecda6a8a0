"""Seats by two outside programs, for comparison.

Reads one election a line from standard input, as JSON:
    {"method": "hare", "seats": 5, "votes": [7, 3], "threshold": "3/100"}
and answers one line each:
    {"apportionment": ANSWER, "votelib": ANSWER}
where ANSWER is null when the program has no such method, {"error": text}, or
    {"seats": [4, 1], "tied": [], "open": 0}
with the seats given for certain, who is tied, and for how many seats. The program `apportionment`
says of a tie only that there is one: {"tie": true}.
"""

import json
import sys
from fractions import Fraction

from apportionment import methods as apportionment
from votelib.component import divisor
from votelib.evaluate import core
from votelib.evaluate import proportional
from votelib.evaluate import threshold as votelib_threshold

APPORTIONMENT = {
    "hare": "largest_remainder",
    "dhondt": "dhondt",
    "sainte_lague": "saintelague",
    "modified": "modified_saintelague",
}

VOTELIB = {
    "hare": proportional.LargestRemainder("hare"),
    "droop": proportional.LargestRemainder("droop"),
    "hagenbach": proportional.LargestRemainder("hagenbach_bischoff", on_overaward="subtract"),
    "imperiali": proportional.LargestRemainder("imperiali", on_overaward="subtract"),
    "dhondt": proportional.HighestAverages("d_hondt"),
    "sainte_lague": proportional.HighestAverages("sainte_lague"),
    "modified": proportional.HighestAverages(
        divisor.modified_first_coef(divisor.sainte_lague, Fraction(7, 5))
    ),
    "danish": proportional.HighestAverages("danish"),
    "plurality": core.Plurality(),
}


def by_apportionment(method, seats, votes, share):
    if method not in APPORTIONMENT:
        return None
    try:
        given = apportionment.compute(
            APPORTIONMENT[method],
            votes,
            seats,
            fractions=True,
            threshold=share,
            tiesallowed=False,
        )
    except apportionment.TiesException:
        return {"tie": True}
    return {"seats": [int(n) for n in given], "tied": [], "open": 0}


def by_votelib(method, seats, votes, share):
    standing = dict(enumerate(votes))
    if share is not None:
        passed = votelib_threshold.RelativeThreshold(share).evaluate(standing)
        standing = {n: standing[n] for n in passed}
    if method == "majority":
        winners = votelib_threshold.RelativeThreshold(
            Fraction(1, 2), accept_equal=False
        ).evaluate(standing)
        given = {n: 1 for n in winners}
    else:
        given = VOTELIB[method].evaluate(standing, seats)
    if isinstance(given, list):
        given = {n: given.count(n) for n in given}
    answer = {"seats": [0] * len(votes), "tied": [], "open": 0}
    for who, count in given.items():
        if isinstance(who, core.Tie):
            answer["tied"] = sorted(who)
            answer["open"] = count
        else:
            answer["seats"][who] = int(count)
    return answer


def main():
    for line in sys.stdin:
        case = json.loads(line)
        share = case["threshold"] and Fraction(case["threshold"])
        arguments = (case["method"], case["seats"], case["votes"], share)
        answers = {}
        for name, program in (("apportionment", by_apportionment), ("votelib", by_votelib)):
            try:
                answers[name] = program(*arguments)
            except Exception as error:  # whatever it is, it is an answer
                answers[name] = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answers))


main()
