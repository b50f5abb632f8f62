"""Which publication meets which obligation, computed afresh from all of them (nothing is remembered)."""

from collections.abc import Iterable, Sequence

from gongkai.catalogue.models import Fulfilment, Obligation

CONFIRMED = "confirmed"  # by_subject of 「核对无误」: it keeps what stands, it publishes nothing


def match(obligations: Iterable[Obligation], fulfilments: Sequence[Fulfilment]) -> list[Obligation]:
    """Set `met_on` and `met_by` of one item's obligations; returns those that changed.

    A publication meets, in each series, what it can mean: everything open of a lasting text, the latest open
    period of a cycle (an older one only when the latest is met already), the event of its formation date else
    the oldest open one.
    """
    rows = list(obligations)
    before = {id(row): (row.met_on, row.met_by) for row in rows}
    for row in rows:
        row.met_on, row.met_by = None, ""
    series = {row.series for row in rows}
    for done in sorted(fulfilments, key=lambda f: (f.on, f.pk)):
        for name in series:
            for row in _meets(done, [r for r in rows if r.series == name and r.met_on is None]):
                row.met_on, row.met_by = done.on, done.by_subject
    return [row for row in rows if before[id(row)] != (row.met_on, row.met_by)]


def _meets(done: Fulfilment, open_rows: list[Obligation]) -> list[Obligation]:
    if done.by_subject == CONFIRMED:
        return [row for row in open_rows if row.kind == "confirm" and row.opens_on <= done.on]
    opened = [row for row in open_rows if row.opens_on <= done.on]
    if not opened:
        return []
    way = opened[0].series.rpartition("/")[2]
    if way == "LONG":
        return opened
    if way == "REG" and opened[0].formed_on is None:
        return [max(opened, key=lambda row: row.due_on)]
    same_day = [row for row in opened if done.formed_on and row.formed_on == done.formed_on]
    return [min(same_day or opened, key=lambda row: (row.opens_on, row.due_on, row.pk or 0))]
