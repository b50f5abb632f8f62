"""Turn bytes of unknown encoding into text: UTF-8, UTF-16, UTF-32, GB18030, with or without a mark."""

import codecs
import itertools
import re
from dataclasses import dataclass

from gongkai.documents.reading.document import Problem

GB18030_MARK = b"\x84\x31\x95\x33"
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (GB18030_MARK, "gb18030"),
)
SAMPLE = 20_000
PLAUSIBLE = 0.8
# First-level characters of GB 2312 (3,755) make up well above 95 % of any modern text; wrongly
# decoded bytes spread over the rarer ones, so their share tells the encodings apart.
FREQUENT = frozenset(
    bytes(pair).decode("gb2312", "ignore") for pair in itertools.product(range(0xB0, 0xD8), range(0xA1, 0xFF))
) | frozenset(",。、;:?!“”‘’()《》〈〉【】〔〕—…·%0123456789○①②③④⑤ \ufeff◆●■★☆→√×")
META_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
DECLARED = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5", "utf-16": "utf-16"}


@dataclass(frozen=True)
class Decoded:
    """Text, the encoding found and what is doubtful about it."""

    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()


def decode(data: bytes) -> Decoded:
    """Decode bytes; what cannot be decoded becomes U+FFFD and a problem, nothing raises."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding)
    if b"\0" in data[:SAMPLE]:
        return _wide(data)
    for encoding in _candidates(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8" or plausibility(text) >= PLAUSIBLE:
            return Decoded(text, encoding)
    return _by_line(data)


def _candidates(data: bytes) -> tuple[str, ...]:
    found = META_CHARSET.search(data[:4096])
    declared = DECLARED.get(found.group(1).decode("ascii").lower(), "") if found else ""
    return ("utf-8", declared, "gb18030") if declared == "big5" else ("utf-8", "gb18030")


def plausibility(text: str) -> float:
    """Return the share of frequent characters among the non-ASCII ones (1.0 when there are none)."""
    foreign = [char for char in text[:SAMPLE] if char > "\x7f"]
    if not foreign:
        return 1.0
    return sum(char in FREQUENT for char in foreign) / len(foreign)


def _marked(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    return Decoded(text, encoding, _lost(text))


def _wide(data: bytes) -> Decoded:
    options = [(plausibility(text), name, text) for name, text in _wide_readings(data)]
    best = max(options, key=lambda option: option[0])
    if best[0] < 0.5:
        text = data.replace(b"\0", b"").decode("utf-8", "replace")
        return Decoded(text, "utf-8", _lost(text))
    return Decoded(best[2], best[1], _lost(best[2]))


def _wide_readings(data: bytes) -> list[tuple[str, str]]:
    even = data[::2].count(0)
    odd = data[1::2].count(0)
    names = ("utf-16-le", "utf-16-be") if odd >= even else ("utf-16-be", "utf-16-le")
    return [(name, data.decode(name, "replace")) for name in names]


def _by_line(data: bytes) -> Decoded:
    """Decode each line by itself: a file put together from two encodings is still readable."""
    lines, doubtful = [], []
    for number, line in enumerate(data.split(b"\n"), 1):
        text, certain = _line(line)
        lines.append(text)
        if not certain:
            doubtful.append(number)
    places = "、".join(f"第{number}行" for number in doubtful[:5]) + ("等" if len(doubtful) > 5 else "")
    message = f"文件里的文字编码不一致或有损坏({places})。已尽量读出,请核对这些地方;最好另存为 UTF-8 再上传。"
    return Decoded("\n".join(lines), "mixed", (Problem("encoding", message, places, "warning"),))


def _line(line: bytes) -> tuple[str, bool]:
    try:
        return line.decode("utf-8"), True
    except UnicodeDecodeError:
        pass
    try:
        text = line.decode("gb18030")
    except UnicodeDecodeError:
        return line.decode("utf-8", "replace"), False
    if plausibility(text) >= PLAUSIBLE:
        return text, False
    return line.decode("utf-8", "replace"), False


def _lost(text: str) -> tuple[Problem, ...]:
    place = text.find("\ufffd")
    if place < 0:
        return ()
    where = f"第{text.count(chr(10), 0, place) + 1}行"
    message = f"{where}起有无法识别的文字。请核对,或把文件另存为 UTF-8 再上传。"
    return (Problem("encoding", message, where, "warning"),)
