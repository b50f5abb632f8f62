"""Records of annual reports: families, their sections, figures and tables, and the balances of their cells."""

from dataclasses import dataclass

from gongkai.statute.records import Cited, keyed


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilySection:
    """A section of a report family."""

    code: str
    kind: str
    heading: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyFigure:
    """A figure of a report and where it comes from, counted records where nothing is said.

    `stated`: entered by a person; `access`: counted where the body keeps its requests here, else stated;
    `sums`: the sum of other figures. `table`, `row` and `column` place a cell of a table.
    """

    code: str = ""
    label: str = ""
    unit: str = ""
    section: str
    each: str = ""
    stated: bool = False
    access: bool = False
    signed: bool = False
    sums: tuple[str, ...] = ()
    table: str = ""
    row: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Family(Cited):
    """A form of annual report (年报格式); `due` is the code of its limit.

    `series` ties the forms that followed one another; years are the data years a form is used for.
    """

    code: str
    name: str
    title: str
    due: str
    series: str = ""
    from_year: int | None = None
    to_year: int | None = None
    tables: tuple[str, ...] = ()
    sections: tuple[FamilySection, ...] = keyed("section")  # type: ignore[assignment]
    figures: tuple[FamilyFigure, ...] = keyed("figure")  # type: ignore[assignment]

    def title_of(self, body: str, *, year: int) -> str:
        """Return the title of a body's report on a year; a school year is named by both its years."""
        return self.title.format(body=body, year=year, before=year - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a table (栏次): `groups` stand before its label; `part_of` names the line it is summed into."""

    code: str
    label: str
    groups: tuple[str, ...] = ()
    part_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineColumn:
    """A column of a table; `group` is the heading above it; only a signed one may be below zero."""

    code: str
    label: str
    group: str = ""
    part_of: str = ""
    unit: str = "件"
    signed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTable(Cited):
    """A table of a report family as printed; `key` names it in cells, `source` says who fills it.

    `stub` heads the labels, `head` all columns; a table that is `abreast` prints its lines beside one another.
    """

    code: str
    key: str
    section: str
    source: str
    stub: str = ""
    head: str = ""
    caption: str
    layout: str = ""
    rows: tuple[Line, ...] = keyed("row")  # type: ignore[assignment]
    columns: tuple[LineColumn, ...] = keyed("column")  # type: ignore[assignment]


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance(Cited):
    """A relation that the cells of a report must keep (勾稽关系); `kind` names the test in statute/tables.py."""

    code: str
    name: str
    kind: str
    severity: str
    table: str = ""
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()
