"""Find titles and headings in text that carries no styles, by the numbering of Chinese documents."""

import re
from collections.abc import Iterable, Sequence

from gongkai.documents.blocks import Block, Heading, ListBlock, Paragraph, Table, paragraph, to_text
from gongkai.documents.reading.document import Part

NUMERAL = "[一二三四五六七八九十百]"
LEVEL_ONE = re.compile(rf"\s*第?{NUMERAL}{{1,4}}(?:、|[章节部分]+\s)[^。;;]{{1,34}}。?$")
LEVEL_TWO = re.compile(rf"\s*[((]{NUMERAL}{{1,4}}[))][^。;;]{{1,24}}。?$")
ORGANISATION = "学校|小学|中学|高中|幼儿园|学院|大学|职校|街道办事处|人民政府|镇|乡|委员会|党支部|党总支|局|中心校?"
SHORT_TITLE = 60
LONG_TITLE = 80
NOT_A_TITLE = re.compile(
    rf"\s*(?:第?{NUMERAL}{{1,4}}[、章节]|[((]{NUMERAL}+[))]|\d+[.、.]|附件|目录|\d{{4}}[-年/.]\d|来源|作者|时间|编辑|发布)"
)
REPORT = re.compile(r"(20\d\d)(?:年度|年|-20\d\d学?年?度?)[^。]{0,24}?(?:信息公开|政务公开|校务公开|此项工作|工作)")
REPORT_NAME = re.compile(r"(?:结合|现将|编制|根据)([\u4e00-\u9fff]{2,24}?)(20\d\d)年度?(?:政府)?信息公开")
DOCUMENT_WORD = (
    "方案|计划|总结|制度|办法|细则|规定|通知|公告|公示|通告|报告|年报|汇报|意见|要点|预案|章程|指南|目录|简报|"
    "纪要|决定|批复|函|须知|公开信|倡议书|承诺书|一览表|情况表|统计表|简介|安排"
)


def heading_level(text: str) -> int:
    """Return 1 for 一、…, 2 for (一)… when the line is a heading of its own, else 0."""
    if LEVEL_ONE.match(text):
        return 1
    return 2 if LEVEL_TWO.match(text) else 0


def block_of(line: str) -> Block:
    """Make a heading or a paragraph of one line."""
    text = line.strip()
    level = heading_level(text)
    return Heading(level, text) if level else paragraph(text)


def guess_title(blocks: Sequence[Block], *, name: str, given: str = "") -> str:
    """Guess a title: a title line, the file's name, or what the first sentences speak of; may be wrong."""
    line = title_line(blocks)
    if line:
        return line
    stem = re.sub(r"^.*[/\\]", "", name).rpartition(".")[0]
    for candidate in (given, stem):
        if len(re.findall(r"[\u4e00-\u9fff]", candidate)) >= 5:
            return candidate.strip()[:LONG_TITLE]
    return _from_sentences(to_text(blocks[:40]))[:LONG_TITLE]


def title_line(blocks: Sequence[Block]) -> str:
    """Return the title that stands as a line of its own near the top, or nothing."""
    top = [block for block in blocks if isinstance(block, Heading | Paragraph) and block.text.strip()][:6]
    lines = [" ".join(block.text.split()) for block in top]
    named = [line for line in lines[:5] if is_title(line) and re.search(rf"(?:{DOCUMENT_WORD})(?:[((].*[))])?$", line)]
    if named:
        return named[0]
    return lines[0] if lines and is_title(lines[0]) else ""


def is_title(line: str) -> bool:
    """Tell whether a line can be a title: short, no sentence, no numbered heading, no label."""
    if not 2 <= len(line) <= SHORT_TITLE or NOT_A_TITLE.match(line):
        return False
    return not re.search(r"[。;;,,::]$|。.", line) and bool(re.search(r"[\u4e00-\u9fffA-Za-z]", line))


def _from_sentences(text: str) -> str:
    head = text.strip()[:1500]
    named = REPORT_NAME.search(head)
    if named:
        return f"{named.group(1)}{named.group(2)}年度信息公开工作报告"
    clause = re.split(r"[,,。;;::\n]", head, maxsplit=1)[0].strip()
    year = REPORT.search(head)
    if year and "报告" in head and re.search(rf"(?:{ORGANISATION})$", clause):
        return f"{clause}{year.group(1)}年度信息公开工作报告"
    return clause[:40]


def parts_of(blocks: Iterable[Block]) -> list[Part]:
    """List the body's parts with their places: 第3段, 表1第2行第4列."""
    parts: list[Part] = []
    paragraphs = tables = 0
    for block in blocks:
        if isinstance(block, Table):
            tables += 1
            parts += _table_parts(block, tables)
            continue
        for text in _texts(block):
            paragraphs += 1
            parts.append(Part(f"第{paragraphs}段", text))
    return parts


def _texts(block: Block) -> list[str]:
    if isinstance(block, ListBlock):
        return [item.text for item in block.items]
    return [block.text] if not isinstance(block, Table) and block.text.strip() else []


def _table_parts(table: Table, number: int) -> list[Part]:
    labels: dict[int, str] = {}
    parts = [Part(f"表{number}标题", table.caption)] if table.caption else []
    for row_number, row in enumerate(table.rows, 1):
        left, column = "", 0
        for cell in row:
            column += 1
            if not cell.text.strip():
                continue
            context = f"{labels.get(column, '')} {left}".strip()
            parts.append(Part(f"表{number}第{row_number}行第{column}列", cell.text, context=context))
            if is_label(cell.text):
                left = cell.text
                learn(labels, column, left)
    return parts


def learn(labels: dict[int, str], column: int, text: str) -> None:
    """Keep the first two labels of a column: a table's title may stand above its heading."""
    known = labels.get(column, "")
    if " " not in known:
        labels[column] = f"{known} {text.replace(' ', '')}".strip()


def is_label(text: str) -> bool:
    """Tell whether a cell names what stands below or right of it."""
    return len(text) <= 20 and not any(char.isdigit() for char in text)
