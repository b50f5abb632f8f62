"""A measured figure and how it is printed."""

import json
import os
import platform
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import quantiles
from typing import Any

CORES = len(os.sched_getaffinity(0))


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure: its name, value and unit, what was measured, and the budget where the design has one.

    A budget is a greatest value for times and counts, a least value for rates (`least`).
    """

    name: str
    value: float
    unit: str
    what: str
    n: int = 1
    budget: float | None = None
    least: float | None = None

    def line(self) -> str:
        """Return the figure as one line of JSON."""
        facts: dict[str, Any] = {"name": self.name, "value": rounded(self.value), "unit": self.unit, "n": self.n}
        if self.budget is not None:
            facts |= {"budget": self.budget, "met": self.value <= self.budget}
        if self.least is not None:
            facts |= {"budget": self.least, "met": self.value >= self.least}
        facts |= {"what": self.what, "cores": CORES, "python": platform.python_version()}
        return json.dumps(facts, ensure_ascii=False)


def rounded(value: float) -> float:
    """Return a value with three digits that mean something."""
    return float(f"{value:.3g}") if abs(value) < 1000 else round(value)


def size(name: str, default: int) -> int:
    """Return how large a bench is: the environment's GONGKAI_BENCH_<name>, else the default."""
    return int(os.environ.get(f"GONGKAI_BENCH_{name}", default))


class Watch:
    """Processor and wall seconds of a stretch of work."""

    cpu = 0.0
    wall = 0.0


@contextmanager
def watch() -> Iterator[Watch]:
    """Measure a stretch of work of this process."""
    found, cpu, wall = Watch(), time.process_time(), time.perf_counter()
    yield found
    found.cpu, found.wall = time.process_time() - cpu, time.perf_counter() - wall


def times(work: Callable[[Any], object], cases: list[Any]) -> list[float]:
    """Return the processor milliseconds of doing a piece of work once for each case."""
    spent = []
    for case in cases:
        begun = time.process_time()
        work(case)
        spent.append((time.process_time() - begun) * 1000)
    return spent


def percentile(values: list[float], percent: int) -> float:
    """Return a percentile of the values."""
    return quantiles(values, n=100, method="inclusive")[percent - 1] if len(values) > 1 else values[0]
