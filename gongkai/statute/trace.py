"""Write `docs/traceability.md`: from each cited article to the records that rest on it, with how sure we are."""

from collections.abc import Iterator
from pathlib import Path

from gongkai.statute.checks import CONFIDENCE
from gongkai.statute.corpus import Law
from gongkai.statute.load import law

PAGE = Path(__file__).resolve().parents[2] / "docs" / "traceability.md"
HEAD = """# 依据对照(由 `python -m gongkai.statute.trace` 生成,不要手改)

每条依据之后是引用它的记录;括号里是可信程度,不写的为读过正式文本。
"""


def page(of: Law) -> str:
    """Return the text of the page for this law."""
    return "\n".join([HEAD, *_levels(), "", *_articles(of), *_unconfirmed(of), *_uncited(of)]) + "\n"


def _levels() -> Iterator[str]:
    for code, meaning in CONFIDENCE.items():
        yield f"- `{code}` {meaning}"


def _articles(of: Law) -> Iterator[str]:
    """Yield for each cited basis its title, its summary and its records by file."""
    records: dict[str, dict[str, list[str]]] = {}
    for file, code, cite, confidence in of.cited():
        text = code if confidence == "law" else f"{code}({confidence})"
        records.setdefault(cite, {}).setdefault(file, []).append(text)
    for case in of.cases:
        records.setdefault(case.cite, {}).setdefault("cases.toml", []).append(case.limit)
    order = {code: place for place, code in enumerate(of.instruments)}
    for cite in sorted(records, key=lambda c: (order[c.split("/")[0]], _natural(c))):
        basis = of.resolve(cite)
        yield f"## {basis.title} `{cite}`"
        yield ""
        yield f"{basis.summary}({basis.confidence})"
        yield ""
        for file, codes in records[cite].items():
            yield f"- {file}:{'、'.join(dict.fromkeys(codes))}"
        yield ""


def _natural(cite: str) -> list[int]:
    digits = "".join(c if c.isdigit() else " " for c in cite.partition("/")[2])
    return [int(n) for n in digits.split()]


def _unconfirmed(of: Law) -> Iterator[str]:
    yield "## 未核实的记录"
    yield ""
    for file, code, cite, confidence in of.cited():
        if confidence == "memory":
            yield f"- {file} {code}(`{cite}`)"
    yield ""


def _uncited(of: Law) -> Iterator[str]:
    """Yield the articles only code or nothing cites, so that a reader sees they are there."""
    cited = {cite.partition("(")[0].partition(".")[0] for _, _, cite, _ in of.cited()}
    yield "## 只供办理环节引用的条文"
    yield ""
    for article in of.articles.values():
        if f"{article.instrument}/{article.number}" not in cited:
            yield f"- `{article.instrument}/{article.number}` {article.summary}({article.confidence})"


def write(to: Path) -> None:
    """Write the page to a file."""
    to.parent.mkdir(exist_ok=True)
    to.write_text(page(law()), encoding="utf-8")


if __name__ == "__main__":
    write(PAGE)
