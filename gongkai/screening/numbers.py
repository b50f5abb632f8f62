"""Find personal numbers in text: resident ID numbers and mobile numbers.

Look-arounds are on ASCII characters, as Chinese characters are word characters to `\\b`. Full-width digits
count as digits. Numbers broken by spaces, hyphens or a line break (a wrapped table cell) are put together.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, pairwise

from gongkai.screening.finding import Severity, masked

WIDE = {0xFF10 + digit: str(digit) for digit in range(10)} | {
    ord("X"): "X",
    ord("x"): "x",
    ord("+"): "+",
    ord("-"): "-",
    ord(" "): " ",
}
BREAK = "[ \\-.·\u00a0\u2002\u2003\u2009\u200b\u200c\u200d\u2060\ufeff\u00ad\t\r\n]"
# A run of at least eleven digits, single breaks inside allowed, X possible at the end.
START = r"(?:(?<![0-9A-Za-z])|(?<=[Ii][Dd])|(?<=N[oO])|(?<=T[eE][lL]))"
RUN = re.compile(rf"{START}[0-9](?:{BREAK}{{0,2}}[0-9]){{9,}}(?:{BREAK}?[0-9Xx])(?![0-9A-Za-z])")
GROUP = re.compile(r"[0-9]+[Xx]?")
MOBILE = re.compile(r"(?:0086|86|0)?(1[3-9][0-9]{9})")
MEASURE = re.compile(r"\.[0-9]{1,2}(?![0-9])|[ ,]?(?:元|万元|亿元|%|‰|吨|平方米|公斤)")
MAX_GROUPS = 5
LENGTHS = frozenset({11, 12, 13, 14, 15, 18})
BEFORE = 24

# GB/T 2260: the first two digits name a province-level division (83 is in use for Taiwan residents).
PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 "  # noqa: SIM905
    "61 62 63 64 65 71 81 82 83 91".split()
)
DATE = re.compile(r"(?:18[89]|19[0-9]|20[0-9])[0-9](?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
# What the digits from a group's first on must look like for anything to be found there; most numbers do not.
PROMISING = re.compile(
    r"(?=(?:0086|86|0)?1[3-9][0-9]{9}"
    rf"|[0-9]{{6}}{DATE.pattern}"
    r"|[0-9]{8}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3})"
)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"

ID_WORDS = re.compile(r"身份证|证件号|身份号|公民号|户口|identity", re.I)
SERIAL_WORDS = re.compile(
    r"编号|批次|批号|代码|流水|订单|单号|学号|工号|学籍|账号|帐号|卡号|序列|序号|条码|发票|凭证|合同号|备案|许可证|"
    r"文号|证号|票号|运单|快递|邮编|ISBN|QQ|扣扣|微信号|群号|http|www",
    re.I,
)
OFFICE_WORDS = re.compile(
    r"监督|举报|咨询|招生|投诉|服务|热线|值班|办公|信访|报名|受理|求助|公开电话|反馈|纪检|校办|总机|门卫|采购|招标|客服"
)
PHONE_WORDS = re.compile(r"电话|手机|联系|热线|Tel|Mobile|☎|📞", re.I)


@dataclass(frozen=True)
class Hit:
    """One value found: position in the text, what it is, and how it may be shown."""

    start: int
    end: int
    code: str
    kind: str
    severity: Severity
    masked: str
    message: str


def find_numbers(text: str, context: str = "") -> Iterator[Hit]:
    """Find resident ID numbers (15 and 18 places) and mobile numbers.

    `context` is a label that stands before the text, such as a column's heading.
    """
    if not text.isascii():
        text = text.translate(WIDE)
    for run in RUN.finditer(text):
        yield from _in_run(text, run, context)


def _in_run(text: str, run: re.Match[str], context: str) -> Iterator[Hit]:
    """Look at every sequence of neighbouring groups, longest first, each digit used once."""
    groups = [m.span() for m in GROUP.finditer(text, *run.span())]
    digits = "".join(text[start:end] for start, end in groups)
    places = list(accumulate((end - start for start, end in groups), initial=0))
    free = 0
    for found in PROMISING.finditer(digits):
        first = bisect_left(places, found.start())
        if first < free or places[first] != found.start():
            continue
        for last in _lasts(groups, first):
            hit = _at(text, groups[first:last], context)
            if hit:
                yield hit
                free = last
                break


def _lasts(groups: list[tuple[int, int]], first: int) -> list[int]:
    """List where sequences from `first` may end so that their digits have a length of interest."""
    total = 0
    ends = []
    for last in range(first, min(first + MAX_GROUPS, len(groups))):
        total += groups[last][1] - groups[last][0]
        if total > 18:
            break
        if total in LENGTHS:
            ends.append(last + 1)
    return ends[::-1]


def _at(text: str, groups: list[tuple[int, int]], context: str) -> Hit | None:
    start, end = groups[0][0], groups[-1][1]
    digits = "".join(text[a:b] for a, b in groups).upper()
    if len(digits) in (15, 18) and is_date(digits[6:14] if len(digits) == 18 else "19" + digits[6:12]):
        hit = _resident(digits, (start, end), _before(text, start, context), len(groups))
        if hit:
            return hit
    number = _bare_mobile(digits) if len(digits) <= 15 else ""
    if not number or _is_amount(text, start, end) or any("\n" in text[a:b] for (_, a), (b, _) in pairwise(groups)):
        return None
    return _mobile(number, (start, end), _before(text, start, context), [b - a for a, b in groups])


def _is_amount(text: str, start: int, end: int) -> bool:
    """Tell whether the digits are part of a decimal number or stand before a measure."""
    fraction = start >= 2 and text[start - 1] == "." and text[start - 2].isdigit()
    return fraction or bool(MEASURE.match(text, end))


def _before(text: str, start: int, context: str) -> str:
    return f"{context} {text[max(0, start - BEFORE) : start]}"


def _resident(digits: str, span: tuple[int, int], before: str, groups: int) -> Hit | None:
    named = bool(ID_WORDS.search(before))
    if len(digits) == 15 and "X" in digits:
        return None
    if len(digits) == 18 and checksum(digits[:17]) == digits[17]:
        return _id_hit(digits, span, "resident_id", "error", "居民身份证号")
    if named and (len(digits) == 18 or digits[:2] in PROVINCES):
        about = "居民身份证号(校验位不对,可能有误)" if len(digits) == 18 else "15 位居民身份证号"
        return _id_hit(digits, span, "resident_id", "error", about)
    if len(digits) == 15 and groups == 1 and digits[:2] in PROVINCES and not SERIAL_WORDS.search(before):
        return _id_hit(digits, span, "resident_id", "warning", "疑似 15 位居民身份证号")
    return None


def _id_hit(digits: str, span: tuple[int, int], code: str, severity: Severity, about: str) -> Hit:
    shown = masked(digits, head=3, tail=4)
    message = f"出现{about} {shown}。请删去或遮去中间各位;确需公开的,由另一人说明理由。"
    return Hit(*span, code, "resident_id", severity, shown, message)


def _mobile(number: str, span: tuple[int, int], before: str, lengths: list[int]) -> Hit | None:
    if len(lengths) > 1 and lengths[0] == 1:
        return None
    broken = len(lengths) > 1 and lengths[-3:] != [3, 4, 4] and lengths not in ([3, 8], [7, 4], [2, 11], [4, 11])
    if broken and not PHONE_WORDS.search(before):
        return None
    near = _nearest(before)
    if near == "serial":
        return None
    shown = masked(number, head=3, tail=4)
    if near == "office":
        message = f"公务联系用的手机号 {shown}。请确认本人同意公开,能用固定电话的请换成固定电话。"
        return Hit(*span, "office_mobile", "mobile", "note", shown, message)
    message = f"出现手机号 {shown}。请删去或换成办公电话;确需公开的,由另一人说明理由。"
    return Hit(*span, "mobile", "mobile", "error", shown, message)


def _bare_mobile(digits: str) -> str:
    """Take off a country code or a leading zero."""
    found = MOBILE.fullmatch(digits)
    return found.group(1) if found else ""


def _nearest(before: str) -> str:
    """Tell which word stands nearest before the number: that of a serial, of an office, or none."""
    # A sentence or a field that has ended says nothing about the next number.
    near = re.split(r"[。;;\n]", before)[-1]
    places = {
        "serial": max((m.end() for m in SERIAL_WORDS.finditer(near)), default=-1),
        "office": max((m.end() for m in OFFICE_WORDS.finditer(near)), default=-1),
        "phone": max((m.end() for m in PHONE_WORDS.finditer(near)), default=-1),
    }
    if places["serial"] > max(places["office"], places["phone"]):
        return "serial"
    return "office" if places["office"] >= 0 else ""


def checksum(first: str) -> str:
    """Return the check character of 17 digits (ISO 7064 MOD 11-2, GB 11643)."""
    return CHECKS[sum(int(digit) * weight for digit, weight in zip(first, WEIGHTS, strict=True)) % 11]


def is_date(text: str) -> bool:
    """Tell whether eight digits are a real date from 1880 on."""
    if not DATE.fullmatch(text):
        return False
    year, month, day = int(text[:4]), int(text[4:6]), int(text[6:])
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
