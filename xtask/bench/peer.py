"""Brings what a script of the peer printed into the figures of the bench.

    peer.py --printed FILE --truth TRUTH.csv --roll ROLL.csv [--list-truth TRUTH.csv]
            [--pairs PAIRS.parquet]

The peer is taken at the threshold that is best for it, which only the truth can tell; its automatic
class is what it holds for 0.999 certain. With its pairs, the judge of our own pairs says how many
twins it links at that threshold.
"""

import argparse
import json
import os
import sys

import judge

ROUNDING = 0.0005


def last_object(path):
    """The object the script ends with."""
    with open(path, encoding="utf-8") as file:
        lines = [line for line in file if line.startswith("{")]
    if not lines:
        sys.exit(f"peer: {path} ends with no figures")
    return json.loads(lines[-1])


def linked(pairs, best, known, roll):
    """The share of twins among the pairs that reach the best threshold, in per cent.

    Here two judges see the same pairs: the one of the peer's script, and ours. They must agree.
    """
    import duckdb

    chosen = f"{pairs}.csv"
    # The threshold is printed with two decimals.
    duckdb.sql(
        f"copy (select l as one, r as other, w as score, 'review' as class"
        f" from '{pairs}' where round(w, 2) >= {best['weight']}) to '{chosen}' (header)"
    )
    found = judge.judge(judge.read_pairs(chosen, known), known, None, roll)
    os.remove(chosen)
    ours = {figure: value for figure, value, _ in found}
    if abs(ours["f1"] - best["f1"]) > ROUNDING:
        sys.exit(f"peer: its script says F1 {best['f1']}, the judge {ours['f1']:.4f}")
    return ours["twins_linked_share"]


def main():
    arguments = argparse.ArgumentParser(description="Reads what a script of the peer printed.")
    for name in ("--printed", "--truth", "--roll"):
        arguments.add_argument(name, required=True)
    arguments.add_argument("--list-truth")
    arguments.add_argument("--pairs")
    given = arguments.parse_args()
    said = last_object(given.printed)
    best = said["best"]
    figures = [(name, best[name], "") for name in ("precision", "recall", "f1")]
    figures.append(("blocking_recall", said["blocking_recall"], ""))
    # Only the script for one roll sweeps its scores.
    name = "recall_at_precision_0.999"
    if name in said:
        figures.append((name, said[name], ""))
    roll = judge.Truth(given.truth)
    if "p0.999" in said:
        listed = judge.Truth(given.list_truth).person if given.list_truth else []
        wrong = said["p0.999"]["fp"] * 1e6 / (len(roll.person) + len(listed))
        figures.append(("automatic_false_per_million", wrong, "/M"))
    # By its own clock: without starting, reading and judging.
    wall_s = said["times"]["total_excl_eval"] if "times" in said else said["wall_s"]
    figures.append(("wall", wall_s, "s"))
    if given.pairs:
        share = linked(given.pairs, best, roll, given.roll)
        figures.append(("twins_linked_share", share, "%"))
    judge.show(figures)


main()
