"""Read plain text, Markdown and CSV."""

import csv
import io
import re

from gongkai.documents.blocks import Block, Cell, Heading, ListBlock, Table, paragraph, to_html
from gongkai.documents.reading.decoding import decode
from gongkai.documents.reading.document import DocumentText, Part
from gongkai.documents.reading.outline import block_of, guess_title, parts_of

SHOWN_ROWS = 2_000
LINE_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def read_txt(data: bytes, *, name: str) -> DocumentText:
    """Read plain text of any usual encoding: a line a paragraph."""
    decoded = decode(data)
    text = tidy(decoded.text)
    blocks = [block_of(line) for line in text.split("\n") if line.strip()]
    return DocumentText(
        name=name,
        media="txt",
        title=guess_title(blocks, name=name),
        text=text,
        html=to_html(blocks),
        parts=(Part("", text, "lines"),),
        problems=decoded.problems,
    )


def tidy(text: str) -> str:
    """Unify line breaks and drop marks and control characters that show as nothing."""
    text = LINE_BREAKS.sub("\n", text).replace("\ufeff", "").replace("\0", "")
    return text.translate(CONTROLS)


CONTROLS = {code: None for code in range(32) if chr(code) not in "\t\n"}


def read_md(data: bytes, *, name: str) -> DocumentText:
    """Read Markdown: headings, lists, pipe tables, paragraphs."""
    decoded = decode(data)
    text = tidy(decoded.text)
    blocks: list[Block] = []
    lines = text.split("\n")
    while lines:
        blocks += _markdown(lines)
    headings = [block.text for block in blocks if isinstance(block, Heading)]
    return DocumentText(
        name=name,
        media="md",
        title=guess_title(blocks, name=name, given=headings[0] if headings else ""),
        text=text,
        html=to_html(blocks),
        parts=(Part("", text, "lines"),),
        problems=decoded.problems,
    )


def _markdown(lines: list[str]) -> list[Block]:
    """Take the next block off the front of the lines."""
    line = lines.pop(0).strip()
    if not line:
        return []
    heading = re.match(r"(#{1,6})\s+(.*?)\s*#*$", line)
    if heading:
        return [Heading(min(len(heading.group(1)), 4), heading.group(2))]
    if line.startswith("|"):
        rows = [line, *_taken(lines, r"\s*\|")]
        return [_pipe_table(rows)]
    for pattern, ordered in ((r"\s*[-*+]\s+", False), (r"\s*\d+[.)]\s+", True)):
        if re.match(pattern, line):
            items = [line, *_taken(lines, pattern)]
            texts = (re.sub(pattern, "", item, count=1).strip() for item in items)
            return [ListBlock(ordered, tuple(paragraph(text) for text in texts))]
    return [block_of(re.sub(r"\*\*(.+?)\*\*", r"\1", line))]


def _taken(lines: list[str], pattern: str) -> list[str]:
    taken = []
    while lines and re.match(pattern, lines[0]):
        taken.append(lines.pop(0))
    return taken


def _pipe_table(rows: list[str]) -> Table:
    cells = [[cell.strip() for cell in row.strip().strip("|").split("|")] for row in rows]
    ruled = len(cells) > 1 and all(re.fullmatch(r":?-+:?", cell) for cell in cells[1])
    kept = [row for number, row in enumerate(cells) if not (ruled and number == 1)]
    return Table(
        tuple(tuple(Cell(text, header=ruled and number == 0) for text in row) for number, row in enumerate(kept))
    )


def read_csv(data: bytes, *, name: str) -> DocumentText:
    """Read delimited text as one table."""
    decoded = decode(data)
    text = tidy(decoded.text)
    rows = [row for _, row in csv_rows(text)]
    table = Table(tuple(tuple(Cell(cell) for cell in row) for row in rows))
    shown = Table(table.rows[:SHOWN_ROWS])
    return DocumentText(
        name=name,
        media="csv",
        title=guess_title([], name=name),
        text=text,
        html=to_html([shown]) if shown.rows else "",
        parts=tuple(parts_of([table])),
        problems=decoded.problems,
    )


def csv_rows(text: str) -> list[tuple[int, list[str]]]:
    """Split delimited text into (line number of the row's start, cells); the delimiter is guessed."""
    csv.field_size_limit(16 * 1024 * 1024)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter_of(text))
    rows, start = [], 1
    for row in reader:
        rows.append((start, row))
        start = reader.line_num + 1
    return rows


def delimiter_of(text: str) -> str:
    """Tell comma, tab or semicolon from the first lines, looking outside quotes."""
    head = re.sub(r'"[^"]*"', "", text[:20_000])
    lines = [line for line in head.split("\n")[:20] if line.strip()]
    counts = {mark: sum(line.count(mark) for line in lines[:5]) for mark in ",\t;"}
    return max(counts, key=lambda mark: (counts[mark], mark == ","))
