"""Runs a program and writes what it cost as figures, one JSON object a line.

    cost.py FIGURES LOG PROGRAM [ARGUMENT…]

Wall time is this clock's, processor time and the most memory are those the kernel counted for the
program and all that it waited for. Its output and exit code are passed on. What it says besides goes
into LOG and is shown where it failed; with `-` it is passed on as well.
"""

import json
import os
import subprocess
import sys
import time


def main():
    figures, log, *command = sys.argv[1:]
    aside = None if log == "-" else open(log, "w+", encoding="utf-8", errors="replace")
    began = time.monotonic()
    program = subprocess.Popen(command, stderr=aside)
    _, status, used = os.wait4(program.pid, 0)
    wall_s = time.monotonic() - began
    code = os.waitstatus_to_exitcode(status)
    if aside and code:
        aside.seek(0)
        sys.stderr.writelines(aside.readlines()[-20:])
    costs = [
        ("wall", round(wall_s, 2), "s"),
        ("processor", round(used.ru_utime + used.ru_stime, 2), "s"),
        # The kernel counts KiB.
        ("memory", round(used.ru_maxrss * 1024 / 1e9, 3), "GB"),
    ]
    with open(figures, "w", encoding="utf-8") as out:
        for figure, value, unit in costs:
            line = {"bench": "matching", "figure": figure, "value": value, "unit": unit}
            out.write(json.dumps(line) + "\n")
    sys.exit(code if code >= 0 else 128 - code)


main()
