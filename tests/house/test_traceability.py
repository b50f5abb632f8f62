"""The page that leads from the law to the records has not drifted from them."""

import re
from pathlib import Path

import gongkai
from gongkai.statute import law
from gongkai.statute.trace import PAGE, page, write

ROOT = Path(gongkai.__file__).parent
CITED_IN_CODE = re.compile(r"""cite=["']([^"'{}]+)["']""")


def test_the_traceability_page_is_what_the_law_files_generate():
    assert PAGE.read_text(encoding="utf-8") == page(law()), "run python -m gongkai.statute.trace"


def test_writing_the_page_again_changes_nothing(tmp_path):
    write(tmp_path / "docs" / "traceability.md")
    assert (tmp_path / "docs" / "traceability.md").read_text(encoding="utf-8") == PAGE.read_text(encoding="utf-8")


def test_every_citation_in_the_code_resolves():
    for path in ROOT.rglob("*.py"):
        for cite in CITED_IN_CODE.findall(path.read_text(encoding="utf-8")):
            assert law().resolve(cite).title, f"{path.name}: {cite}"
