"""Brings rolls and lists with a known truth into the form in which matching is measured.

    prepare.py made DATA NAME          NAME.parquet, its lists and their truth, as CSV beside them
    prepare.py known SHARED DATA       FEBRL and fake_1000: the records as CSV, and their truth
    prepare.py join DATA NAME PART…    several made rolls as one: other ids, other people

A record's id is its place in the file, counted from 0: the ids and the columns of FEBRL and
fake_1000 that tell who is who go into the truth and nowhere else.
"""

import csv
import os
import re
import sys

LISTS = ("deaths", "serving")


def made(data, name):
    """Turns what was generated into CSV."""
    import pyarrow.csv
    import pyarrow.parquet

    def write(stem, columns=None):
        table = pyarrow.parquet.read_table(f"{stem}.parquet", columns=columns)
        pyarrow.csv.write_csv(table, f"{stem}.csv")

    for part in ("", *(f".{name}" for name in LISTS)):
        stem = os.path.join(data, name + part)
        write(stem)
        write(f"{stem}.truth", None if part else ["rid", "person", "is_original"])


def number(stem, rows, columns, person_of):
    """Writes rows with their place as id, and the truth beside them."""
    kept = [at for at, column in enumerate(columns) if column is not None]
    with (
        open(f"{stem}.csv", "w", newline="", encoding="utf-8") as records,
        open(f"{stem}.truth.csv", "w", newline="", encoding="utf-8") as truth,
    ):
        out, known = csv.writer(records), csv.writer(truth)
        # Every profile knows a column of this name.
        out.writerow(["id", *(columns[at] for at in kept)])
        known.writerow(["id", "person", "is_original"])
        for place, row in enumerate(rows):
            out.writerow([place, *(row[at] for at in kept)])
            known.writerow([place, *person_of(row)])


def read(path):
    """The header and the rows, without the spaces around what stands in them."""
    with open(path, newline="", encoding="utf-8") as file:
        header, *rows = [[field.strip() for field in row] for row in csv.reader(file)]
    return header, [row for row in rows if row]


def febrl(source, stem):
    """A FEBRL file: `rec-123-org` and `rec-123-dup-0` are person 123."""
    header, rows = read(source)
    at = header.index("rec_id")

    def person_of(row):
        person = re.fullmatch(r"rec-(\d+)-(org|dup-\d+)", row[at])
        return person[1], str(person[2] == "org").lower()

    columns = [None if place == at else name for place, name in enumerate(header)]
    number(stem, rows, columns, person_of)


def fake(source, stem):
    """fake_1000: the column `cluster` is the person, whose first record counts as the original."""
    header, rows = read(source)
    at, seen = header.index("cluster"), set()

    def person_of(row):
        original = row[at] not in seen
        seen.add(row[at])
        return row[at], str(original).lower()

    columns = [None if name in ("cluster", "unique_id") else name for name in header]
    number(stem, rows, columns, person_of)


def known(shared, data):
    """Everything that the shared data of deduplication holds."""
    febrl(os.path.join(shared, "febrl/dataset3.csv"), os.path.join(data, "febrl3"))
    febrl(os.path.join(shared, "febrl/dataset4a.csv"), os.path.join(data, "febrl4"))
    febrl(os.path.join(shared, "febrl/dataset4b.csv"), os.path.join(data, "febrl4.list"))
    fake(os.path.join(shared, "fake_1000.csv"), os.path.join(data, "fake"))


def join(data, name, parts):
    """Several rolls below each other; records and persons are numbered on."""
    stems = [os.path.join(data, part) for part in parts]
    with (
        open(os.path.join(data, f"{name}.csv"), "w", newline="", encoding="utf-8") as records,
        open(os.path.join(data, f"{name}.truth.csv"), "w", newline="", encoding="utf-8") as truth,
    ):
        for out, ending, moved in ((records, "", 1), (truth, ".truth", 2)):
            writer, offsets = csv.writer(out), [0, 0]
            for at, stem in enumerate(stems):
                with open(f"{stem}{ending}.csv", newline="", encoding="utf-8") as part:
                    reader = csv.reader(part)
                    header = next(reader)
                    if at == 0:
                        writer.writerow(header)
                    ends = list(offsets)
                    for row in reader:
                        for column in range(moved):
                            row[column] = int(row[column]) + offsets[column]
                            ends[column] = max(ends[column], row[column] + 1)
                        writer.writerow(row)
                    # One number stays free, so that no two families become neighbours.
                    offsets = [ends[0], ends[1] + 1]


def main():
    work, *rest = sys.argv[1:]
    if work == "made":
        made(*rest)
    elif work == "known":
        known(*rest)
    else:
        join(rest[0], rest[1], rest[2:])


main()
