"""Draft the text of a report's sections from the data; what the data cannot say is a marked blank 【请补充:…】.

Numbers in the drafts are exact: no 余, 近 or 多 where the platform knows the count.
"""

import re
from collections.abc import Callable, Mapping

from gongkai.bodies.models import Post
from gongkai.catalogue.models import Obligation
from gongkai.feedback.models import Opinion
from gongkai.publishing.models import Congress, Disclosure, Edition
from gongkai.reporting.figures import Figure, Period
from gongkai.statute import law

BLANK = re.compile(r"【请补充[:：][^】]*】")
Figures = Mapping[str, Figure]


def blanks_in(text: str) -> list[str]:
    """Return the marked blanks that are still in a text."""
    return BLANK.findall(text)


def draft_section(code: str, period: Period, figures: Figures) -> str:
    """Return the draft of one section (a code of the family's sections); unknown ones are one blank."""
    drafter = DRAFTERS.get(code)
    return drafter(period, figures) if drafter else "【请补充：本部分正文】"


def _days(period: Period) -> str:
    start, end = period.start, period.end
    return f"{start.year}年{start.month}月{start.day}日至{end.year}年{end.month}月{end.day}日"


def _overview(period: Period, figures: Figures) -> str:
    leading = Post.objects.held(on=period.end).in_group("leading").filter(body=period.body)
    watching = Post.objects.held(on=period.end).in_group("supervision").filter(body=period.body)
    head = leading.filter(duty="leading_head").first()
    lines = [f"本报告所列数据的统计期限为{_days(period)}。"]
    if head:
        members = leading.values("person").distinct().count()
        group = f"我单位成立信息公开领导小组，由{head.label}任组长，共{members}人"
        count = watching.values("person").distinct().count()
        group += f"；监督小组{count}人，对每期公开的内容进行审查" if count else ""
        lines.append(f"{group}。日常工作由{period.body.office_name}承担。")
    else:
        lines.append("【请补充：领导体制和工作机制】")
    lines += [_rules(period), _channels(figures), *_congresses(period)]
    return "\n".join(line for line in lines if line)


def _rules(period: Period) -> str:
    rules = Edition.objects.filter(
        disclosure__in=Disclosure.objects.of(period.body).public(), state="published", kind="document",
        disclosure__first_public_on__lte=period.end, title__contains="制度",
    ).order_by("disclosure__first_public_on")  # fmt: skip
    titles = [edition.title for edition in rules[:8]]
    if not titles:
        return "【请补充：信息公开配套制度的名称和落实情况】"
    return "现行配套制度有" + "、".join(f"《{title.strip('《》')}》" for title in titles) + "。"


def _channels(figures: Figures) -> str:
    used = [
        law().channels[code.removeprefix("channel.")].name
        for code, figure in figures.items()
        if code.startswith("channel.") and figure.value
    ]
    if not used:
        return "【请补充：信息公开的渠道】"
    return f"通过{'、'.join(used)}等{len(used)}种渠道公开信息。"


def _congresses(period: Period) -> list[str]:
    lines = []
    held = Congress.objects.filter(body=period.body, held_on__range=(period.start, period.end)).order_by("held_on")
    for one in held:
        parts = [f"{one.held_on.year}年{one.held_on.month}月{one.held_on.day}日召开{one.name}"]
        if one.heard:
            parts.append("听取了" + "、".join(f"《{name}》" for name in one.heard))
        if one.deliberated:
            parts.append("审议了" + "、".join(f"《{name}》" for name in one.deliberated))
        lines.append("，".join(parts) + "。")
    return lines


def _proactive(period: Period, figures: Figures) -> str:
    total = figures["proactive.total"]
    lines = [f"{_days(period)}，我单位主动公开信息{total.value}条。"]
    kinds = [f for code, f in figures.items() if code.startswith("kind.") and f.value]
    if kinds:
        lines[0] = lines[0][:-1] + "，按类别分：" + "，".join(f"{f.label}{f.value}{f.unit}" for f in kinds) + "。"
    channels = [f for code, f in figures.items() if code.startswith("channel.") and f.value]
    if channels:
        lines.append("按渠道分：" + "，".join(f"{f.label}{f.value}{f.unit}" for f in channels) + "。")
        lines.append("同一条信息在几种渠道公开的，在各渠道分别计数，在主动公开总数中只计一次。")
    return "\n".join(lines)


def _stated(figures: Figures, code: str) -> str:
    figure = figures.get(code)
    if figure is None or figure.value is None:
        return f"【请补充：{figure.label if figure else code}的数量】"
    return f"{figure.value}{figure.unit}"


def _requests(period: Period, figures: Figures) -> str:
    received = figures.get("requests.received")
    if received is not None and received.value == 0:
        return f"{_days(period)}，未收到信息公开申请，没有不予公开的情形。"
    return f"{_days(period)}，收到信息公开申请{_stated(figures, 'requests.received')}。【请补充：办理结果】"


def _appraisal(period: Period, figures: Figures) -> str:
    received, answered = figures["opinions.received"], figures["opinions.answered"]
    if not received.value:
        return f"{_days(period)}，未收到对信息公开工作的意见和建议。"
    rectified = Opinion.objects.of(period.body).received_within(start=period.start, end=period.end)
    count = rectified.exclude(rectified_by=None).count()
    text = f"收到意见、咨询和异议{received.value}{received.unit}，已答复{answered.value}{answered.unit}"
    return text + (f"，根据意见整改后再次公布{count}条。" if count else "。")


def _remedies(period: Period, figures: Figures) -> str:
    codes = ("complaints.received", "reconsideration.total", "litigation.total")
    names = ("举报", "行政复议", "行政诉讼")
    if all(figures.get(code) and figures[code].value == 0 for code in codes):
        return f"{_days(period)}，未发生因信息公开工作受到举报、申请行政复议或者提起诉讼的情况。"
    parts = [f"{name}{_stated(figures, code)}" for name, code in zip(names, codes, strict=True)]
    return f"{_days(period)}，因信息公开工作收到" + "，".join(parts) + "。"


def _problems(period: Period, figures: Figures) -> str:
    missed = Obligation.objects.filter(
        body=period.body, met_on=None, due_on__gte=period.start, due_on__lte=period.end,
        item__not_applicable_reason="", item__retired_on=None,
    ).select_related("item")  # fmt: skip
    names = list(dict.fromkeys(one.item.name for one in missed))
    lines = []
    if names:
        listed = "、".join(f"“{name[:30]}”" for name in names[:5])
        more = "等" if len(names) > 5 else ""
        lines.append(f"1.存在问题。公开目录中有{len(names)}个事项在统计期内没有按时公开，包括{listed}{more}。")
    else:
        lines.append("1.存在问题。【请补充：存在的主要问题】")
    lines.append("2.今后努力方向。【请补充：改进措施】")
    return "\n".join(lines)


DRAFTERS: dict[str, Callable[[Period, Figures], str]] = {
    "overview": _overview,
    "proactive": _proactive,
    "requests": _requests,
    "appraisal": _appraisal,
    "remedies": _remedies,
    "problems": _problems,
}
