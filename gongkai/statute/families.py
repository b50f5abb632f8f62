"""Report families (年报格式): their sections and figures."""

from dataclasses import replace

from gongkai.statute.load import law
from gongkai.statute.records import Family, FamilyFigure


def family(code: str) -> Family:
    """Return the family with this code. Raises KeyError."""
    return law().families[code]


def figures(code: str) -> list[FamilyFigure]:
    """List the figures of a family in order, those for each channel and each kind spelled out."""
    spelled: list[FamilyFigure] = []
    for figure in family(code).figures:
        if figure.each == "channel":
            channels = law().channels.values()
            spelled += [_of(figure, f"channel.{c.code}", c.figure, c.unit) for c in channels]
        elif figure.each == "kind":
            spelled += [_of(figure, f"kind.{k.code}", k.figure, figure.unit) for k in law().kinds.values()]
        else:
            spelled.append(figure)
    return spelled


def _of(figure: FamilyFigure, code: str, label: str, unit: str) -> FamilyFigure:
    return replace(figure, code=code, label=label, unit=unit, each="")
