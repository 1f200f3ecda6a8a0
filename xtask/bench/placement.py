"""The peer of placement: min-cost flow of OR-tools on instances that our program wrote.

    placement.py FILE...

Of each file: little-endian numbers of 32 bits (stations, groups, ways a group), then the voters of
each group, the capacity of each station, and for each group its ways, station and metres. Prints a
line of JSON a file; the time is that of the solver alone, reading and building are told apart.
"""

import json
import resource
import sys
import time

import numpy
from ortools.graph.python import min_cost_flow


def read(path):
    """Voters, capacities and ways (group by way by station and metres)."""
    numbers = numpy.fromfile(path, dtype="<u4").astype(numpy.int64)
    stations, groups, ways = numbers[:3]
    at = 3
    voters = numbers[at : at + groups]
    at += groups
    capacities = numbers[at : at + stations]
    at += stations
    return voters, capacities, numbers[at:].reshape(groups, ways, 2)


def solve(path):
    began = time.monotonic()
    voters, capacities, lists = read(path)
    groups, ways, _ = lists.shape
    stations = len(capacities)
    flow = min_cost_flow.SimpleMinCostFlow()
    group = numpy.repeat(numpy.arange(groups), ways)
    station = lists[:, :, 0].reshape(-1)
    metres = lists[:, :, 1].reshape(-1)
    flow.add_arcs_with_capacity_and_unit_cost(
        group, groups + station, numpy.repeat(voters, ways), metres
    )
    # Places that nobody takes go to one more node, so that supplies and demands are equal.
    rest = groups + stations
    flow.add_arcs_with_capacity_and_unit_cost(
        groups + numpy.arange(stations),
        numpy.full(stations, rest),
        capacities,
        numpy.zeros(stations, dtype=numpy.int64),
    )
    flow.set_nodes_supplies(numpy.arange(groups), voters)
    flow.set_nodes_supplies(numpy.array([rest]), numpy.array([-voters.sum()]))
    built = time.monotonic()
    used = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    status = flow.solve()
    seconds = time.monotonic() - built
    used = resource.getrusage(resource.RUSAGE_SELF).ru_utime - used
    return {
        "file": path,
        "optimal": status == flow.OPTIMAL,
        "cost_metres": int(flow.optimal_cost()) if status == flow.OPTIMAL else None,
        "seconds": round(seconds, 2),
        "processor_seconds": round(used, 2),
        "building_seconds": round(built - began, 2),
    }


for name in sys.argv[1:]:
    print(json.dumps(solve(name)), flush=True)
