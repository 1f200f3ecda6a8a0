"""Judges pairs by the known truth, trusting nothing that whoever made them says of themselves.

    judge.py --pairs PAIRS.csv --truth TRUTH.csv --roll ROLL.csv [--list-truth TRUTH.csv]

PAIRS has the columns `one`, `other`, `score`, `class` (`automatic` or `review`); where a list was
compared with a roll, `one` is the list's record. TRUTH has `rid`, `lid` or `id`, `person` (a number;
-1 or nothing for somebody who stands nowhere else) and perhaps `is_original`.

Prints figures, one JSON object a line. A pair that cannot be (an unknown record, a record with
itself, the same two records twice, an unknown class) ends it with exit code 1: such a file is not
judged. Needs Python alone.
"""

import argparse
import csv
import json
import sys
import unicodedata
from array import array
from itertools import groupby

IDS = ("rid", "lid", "id")
CLASSES = ("automatic", "review")
NOBODY = -1
PRECISION = 0.999


class Refused(Exception):
    """Why a file is not judged."""


def rows_of(path, wanted, optional=()):
    """Yields the line and the wanted fields of every row; a column that may lack gives ''."""
    with open(path, newline="", encoding="utf-8-sig") as file:
        reader = csv.reader(file)
        header = next(reader, [])
        lacking = [name for name in wanted if name not in header]
        if lacking:
            raise Refused(f"{path} has no column {', '.join(lacking)}")
        places = [header.index(name) if name in header else None for name in (*wanted, *optional)]
        for row in reader:
            try:
                yield reader.line_num, ["" if at is None else row[at] for at in places]
            except IndexError:
                raise Refused(f"{path}, line {reader.line_num}: too few fields") from None


class Truth:
    """Who stands behind each record. Ids that count from 0 need no dictionary: 20 M fit."""

    def __init__(self, path):
        self.person = array("q")
        self.original = array("b")
        self.places = None
        for line, (person, original, *ids) in rows_of(path, ["person"], ["is_original", *IDS]):
            at = len(self.person)
            name = next(filter(None, ids), None)
            if name is None:
                raise Refused(f"{path}, line {line}: no id")
            if self.places is None and name != str(at):
                self.places = {str(place): place for place in range(at)}
            if self.places is not None and self.places.setdefault(name, at) != at:
                raise Refused(f"{path}, line {line}: {name} stands twice")
            try:
                self.person.append(int(person or NOBODY))
            except ValueError:
                raise Refused(f"{path}, line {line}: {person} is no number") from None
            self.original.append(original.lower() == "true")

    def row(self, name):
        """The row of an id, or None."""
        if self.places is not None:
            return self.places.get(name)
        known = name.isascii() and name.isdigit() and int(name) < len(self.person)
        return int(name) if known and name == str(int(name)) else None

    def records_of(self):
        """How many records each person has."""
        counts = {}
        for person in self.person:
            if person != NOBODY:
                counts[person] = counts.get(person, 0) + 1
        return counts


def true_pairs(roll, listed=None):
    """How many pairs there are to find."""
    counts = roll.records_of()
    if listed is None:
        return sum(count * (count - 1) // 2 for count in counts.values())
    return sum(counts.get(person, 0) for person in listed.person if person != NOBODY)


def read_pairs(path, roll, listed=None):
    """The pairs as (score, class, person of one, person of other), and each of them only once."""
    first = roll if listed is None else listed
    pairs, seen = [], set()
    for line, (one, other, score, kind) in rows_of(path, ["one", "other", "score", "class"]):
        rows = first.row(one), roll.row(other)
        here = f"{path}, line {line}: "
        if None in rows:
            raise Refused(f"{here}{one} or {other} is no record")
        if listed is None:
            rows = min(rows), max(rows)
            if rows[0] == rows[1]:
                raise Refused(f"{here}{one} is paired with itself")
        if rows in seen:
            raise Refused(f"{here}{one} and {other} stand there twice")
        if kind not in CLASSES:
            raise Refused(f"{here}{kind} is neither of {', '.join(CLASSES)}")
        seen.add(rows)
        try:
            pairs.append((float(score), kind, first.person[rows[0]], roll.person[rows[1]]))
        except ValueError:
            raise Refused(f"{here}{score} is no number") from None
    return pairs


def is_right(pair):
    """Whether both records of a pair are one person."""
    return pair[2] == pair[3] != NOBODY


def at_threshold(right, proposed, present):
    """Precision, recall and F1."""
    precision = right / proposed if proposed else 1.0
    recall = right / present if present else 1.0
    return precision, recall, 2 * right / (proposed + present) if proposed + present else 1.0


def sweep(pairs, present):
    """The best F1 over all scores, and the highest recall at which the precision still holds.

    Equal scores stand or fall together. Pairs that were not proposed are not seen: what is found
    here is the least that is reached.
    """
    best, highest, right, proposed = 0.0, 0.0, 0, 0
    ordered = sorted(pairs, key=lambda pair: -pair[0])
    for _, equal in groupby(ordered, key=lambda pair: pair[0]):
        for pair in equal:
            proposed += 1
            right += is_right(pair)
        precision, recall, f1 = at_threshold(right, proposed, present)
        best = max(best, f1)
        if precision >= PRECISION:
            highest = recall
    return best, highest


LETTERS = str.maketrans("ىیېکڪەھہة", "يييككهههه", "ءـ \t")


def spelling(name):
    """One key for the spellings of a name: no marks, no spaces, one form of each letter."""
    letters = unicodedata.normalize("NFKD", name).translate(LETTERS).lower()
    return "".join(c for c in letters if unicodedata.category(c) not in ("Mn", "Cf"))


def twins(path, roll):
    """Pairs of twins: persons with neighbouring numbers (made as one family) whose original records
    have one father, grandfather and family and one date of birth. None where a roll has no fathers.
    """
    columns = ["father", "grandfather", "family", "dob"]
    with open(path, newline="", encoding="utf-8-sig") as file:
        if not set(columns) <= set(next(csv.reader(file), [])):
            return None
    families = array("q", bytes(8 * (max(roll.person, default=NOBODY) + 1)))
    keys = {}
    for at, (_, (*names, date)) in enumerate(rows_of(path, columns)):
        if at >= len(roll.person):
            raise Refused(f"{path} has more records than its truth")
        person = roll.person[at]
        if person == NOBODY or not date or (families[person] and not roll.original[at]):
            continue
        for name in names:
            if name not in keys:
                keys[name] = spelling(name)
        families[person] = hash((*(keys[name] for name in names), date)) or 1
    neighbours = zip(families, families[1:])
    return {one for one, (here, there) in enumerate(neighbours) if here and here == there}


def twins_linked(pairs, found):
    """How many pairs of twins are linked by any of their records."""
    linked = set()
    for _, _, one, other in pairs:
        low = min(one, other)
        if abs(one - other) == 1 and low in found:
            linked.add(low)
    return len(linked)


def judge(pairs, roll, listed, roll_path):
    """All figures: name, value, unit."""
    present = true_pairs(roll, listed)
    right = sum(map(is_right, pairs))
    precision, recall, f1 = at_threshold(right, len(pairs), present)
    best, highest = sweep(pairs, present)
    wrong = sum(pair[1] == "automatic" and not is_right(pair) for pair in pairs)
    records = len(roll.person) + (0 if listed is None else len(listed.person))
    figures = [
        ("records", records, ""),
        ("true_pairs", present, ""),
        ("proposed", len(pairs), ""),
        ("precision", precision, ""),
        ("recall", recall, ""),
        ("f1", f1, ""),
        ("f1_best", best, ""),
        ("recall_at_precision_0.999", highest, ""),
        ("automatic", sum(pair[1] == "automatic" for pair in pairs), ""),
        ("automatic_false", wrong, ""),
        ("automatic_false_per_million", wrong * 1e6 / records if records else 0.0, "/M"),
    ]
    born = twins(roll_path, roll) if listed is None else None
    if born is not None:
        linked = twins_linked(pairs, born)
        figures.append(("twins", len(born), ""))
        figures.append(("twins_linked", linked, ""))
        figures.append(("twins_linked_share", linked * 100 / max(len(born), 1), "%"))
    return figures


def show(figures):
    """Prints figures as the benches do."""
    for figure, value, unit in figures:
        line = {"bench": "matching", "figure": figure, "value": value, "unit": unit}
        print(json.dumps(line))


def main():
    arguments = argparse.ArgumentParser(description="Judges pairs by the known truth.")
    for name in ("--pairs", "--truth", "--roll"):
        arguments.add_argument(name, required=True)
    arguments.add_argument("--list-truth")
    given = arguments.parse_args()
    try:
        roll = Truth(given.truth)
        listed = Truth(given.list_truth) if given.list_truth else None
        pairs = read_pairs(given.pairs, roll, listed)
        show(judge(pairs, roll, listed, given.roll))
    except (OSError, UnicodeDecodeError, Refused) as why:
        sys.exit(f"judge: {why}")


if __name__ == "__main__":
    main()
