"""The peer of assignment: OR-tools on instances that our program wrote.

    staff.py flow INSTANCE ANSWER      the min-cost flow; it cannot be told of relatives
    staff.py sat INSTANCE ANSWER       CP-SAT, relatives apart; proves the optimum

Instance and answer are little-endian numbers of 32 bits, as
crates/sanduq-assignment/examples/assign/instance.rs says. Prints a line of JSON; the time is that of
the solver alone, the memory that of the whole process.
"""

import json
import resource
import sys
import time

import numpy
from ortools.graph.python import min_cost_flow
from ortools.sat.python import cp_model

# After so long the control counts as not reached.
LIMIT_SECONDS = 120


class Instance:
    """People, committees with seats, pairs with what they cost, and relatives."""

    def __init__(self, path):
        numbers = numpy.fromfile(path, dtype="<u4").astype(numpy.int64)
        self.people, self.committees, pairs, relatives, self.home = map(int, numbers[:5])
        at = 5
        self.seats = numbers[at : at + self.committees]
        at += self.committees
        self.sits = numbers[at : at + self.committees]
        at += self.committees
        rows = numbers[at : at + 3 * pairs].reshape(pairs, 3)
        self.person, self.committee, self.metres = rows[:, 0], rows[:, 1], rows[:, 2]
        at += 3 * pairs
        self.relatives = numbers[at : at + 2 * relatives].reshape(relatives, 2)
        self.able = numpy.unique(self.person)


def flow(told):
    """Everybody takes one seat, or one of the places at home that are as many as are left over."""
    graph = min_cost_flow.SimpleMinCostFlow()
    home, end = told.people + told.committees, told.people + told.committees + 1
    ones = numpy.ones(len(told.person), dtype=numpy.int64)
    arcs = graph.add_arcs_with_capacity_and_unit_cost(
        told.person, told.people + told.committee, ones, told.metres
    )
    count = len(told.able)
    nothing = numpy.zeros(count, dtype=numpy.int64)
    graph.add_arcs_with_capacity_and_unit_cost(
        told.able, numpy.full(count, home), numpy.ones(count, dtype=numpy.int64), nothing
    )
    graph.add_arcs_with_capacity_and_unit_cost(
        told.people + numpy.arange(told.committees),
        numpy.full(told.committees, end),
        told.seats,
        numpy.zeros(told.committees, dtype=numpy.int64),
    )
    graph.add_arc_with_capacity_and_unit_cost(home, end, told.home, 0)
    graph.set_nodes_supplies(told.able, numpy.ones(count, dtype=numpy.int64))
    graph.set_nodes_supplies(numpy.array([end]), numpy.array([-count]))
    began = used()
    optimal = graph.solve() == graph.OPTIMAL
    spent = used() - began
    if not optimal:
        return None, spent, []
    return int(graph.optimal_cost()), spent, graph.flows(arcs) > 0


def sat(told):
    """The same by constraints, with relatives apart."""
    model = cp_model.CpModel()
    chosen = [model.new_bool_var("") for _ in told.person]
    of, at, both = {}, {}, {}
    for number, (person, committee) in enumerate(zip(told.person, told.committee)):
        of.setdefault(person, []).append(chosen[number])
        at.setdefault(committee, []).append(chosen[number])
        both[person, committee] = chosen[number]
    for ways in of.values():
        model.add_at_most_one(ways)
    for committee, ways in at.items():
        model.add(sum(ways) <= int(told.seats[committee]))
    model.add(sum(chosen) == len(told.able) - told.home)
    for one, other in told.relatives:
        for committee in numpy.flatnonzero(told.sits):
            if (one, committee) in both and (other, committee) in both:
                model.add_at_most_one([both[one, committee], both[other, committee]])
    model.minimize(cp_model.LinearExpr.weighted_sum(chosen, [int(cost) for cost in told.metres]))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    # The relaxation of a transport is nearly whole: all of it is told to the linear solver.
    solver.parameters.linearization_level = 2
    solver.parameters.max_time_in_seconds = LIMIT_SECONDS
    began = used()
    optimal = solver.solve(model) == cp_model.OPTIMAL
    spent = used() - began
    if not optimal:
        return None, spent, []
    return int(solver.objective_value), spent, [solver.boolean_value(way) for way in chosen]


def used():
    """Seconds by the clock and of processors."""
    return numpy.array([time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_utime])


def main(how, path, answer):
    told = Instance(path)
    cost, spent, taken = {"flow": flow, "sat": sat}[how](told)
    taken = numpy.flatnonzero(numpy.asarray(taken))
    rows = numpy.stack([told.person[taken], told.committee[taken]], axis=1)
    rows.astype("<u4").tofile(answer)
    line = {
        "cost_metres": cost,
        "pairs": len(told.person),
        "seconds": round(float(spent[0]), 2),
        "processor_seconds": round(float(spent[1]), 2),
        "peak_kilobytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
    }
    print(json.dumps(line), flush=True)


main(*sys.argv[1:])
