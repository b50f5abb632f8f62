"""Draft the text of a report's sections from the data; what the data cannot say is a marked blank 【请补充:…】.

Numbers in the drafts are exact: no 余, 近 or 多 where the platform knows the count.
"""

import re
from collections.abc import Callable, Mapping

from gongkai.bodies.models import Post
from gongkai.catalogue.models import Obligation
from gongkai.feedback.models import Opinion
from gongkai.publishing.models import Congress, Disclosure, Edition
from gongkai.reporting.counting import outcomes_told
from gongkai.reporting.figures import Figure, Period
from gongkai.statute import law

BLANK = re.compile(r"【请补充[:：][^】]*】")
Figures = Mapping[str, Figure]


def blanks_in(text: str) -> list[str]:
    """Return the marked blanks that are still in a text."""
    return BLANK.findall(text)


def days_of(period: Period) -> str:
    """Write the period, as 2021年1月1日至2021年12月31日."""
    start, end = period.start, period.end
    return f"{start.year}年{start.month}月{start.day}日至{end.year}年{end.month}月{end.day}日"


def _overview(period: Period, figures: Figures) -> str:
    lines = [f"本报告所列数据的统计期限为{days_of(period)}。", group(period)]
    lines += [rules(period), channels(figures), *_congresses(period)]
    return "\n".join(line for line in lines if line)


def group(period: Period) -> str:
    """Say who leads and who watches."""
    leading = Post.objects.held(on=period.end).in_group("leading").filter(body=period.body)
    watching = Post.objects.held(on=period.end).in_group("supervision").filter(body=period.body)
    head = leading.filter(duty="leading_head").first()
    if head is None:
        return "【请补充：领导体制和工作机制】"
    members = leading.values("person").distinct().count()
    told = f"我单位成立信息公开领导小组，由{head.label}任组长，共{members}人"
    count = watching.values("person").distinct().count()
    told += f"；监督小组{count}人，对每期公开的内容进行审查" if count else ""
    return f"{told}。日常工作由{period.body.office_name}承担。"


def rules(period: Period) -> str:
    """Name the rules in force."""
    rules = Edition.objects.filter(
        disclosure__in=Disclosure.objects.of(period.body).public(), state="published", kind="document",
        disclosure__first_public_on__lte=period.end, title__contains="制度",
    ).order_by("disclosure__first_public_on")  # fmt: skip
    titles = [edition.title for edition in rules[:8]]
    if not titles:
        return "【请补充：信息公开配套制度的名称和落实情况】"
    return "现行配套制度有" + "、".join(f"《{title.strip('《》')}》" for title in titles) + "。"


def channels(figures: Figures) -> str:
    """Name the channels that were used."""
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
    lines = [f"{days_of(period)}，我单位主动公开信息{total.value}条。"]
    kinds = [f for code, f in figures.items() if code.startswith("kind.") and f.value]
    if kinds:
        lines[0] = lines[0][:-1] + "，按类别分：" + "，".join(f"{f.label}{f.value}{f.unit}" for f in kinds) + "。"
    used = [f for code, f in figures.items() if code.startswith("channel.") and f.value]
    if used:
        lines.append("按渠道分：" + "，".join(f"{f.label}{f.value}{f.unit}" for f in used) + "。")
        lines.append("同一条信息在几种渠道公开的，在各渠道分别计数，在主动公开总数中只计一次。")
    return "\n".join(lines)


def stated(figures: Figures, code: str) -> str:
    """Write a figure with its unit, or a blank where nobody has stated it."""
    figure = figures.get(code)
    if figure is None or figure.value is None:
        return f"【请补充：{figure.label if figure else code}的数量】"
    return f"{figure.value}{figure.unit}"


def _requests(period: Period, figures: Figures) -> str:
    received = figures.get("requests.received")
    if received is not None and received.value == 0:
        return f"{days_of(period)}，未收到信息公开申请，没有不予公开的情形。"
    text = f"{days_of(period)}，收到信息公开申请{stated(figures, 'requests.received')}。"
    return text + (results(period) if received is not None and received.value is not None and not received.stated
                   else "【请补充：办理结果】")  # fmt: skip


def results(period: Period) -> str:
    """Say what became of the requests, by the names of their outcomes."""
    told = outcomes_told(period.body, (period.start, period.end))
    parts = [f"{name}{count}件" for name, count in told.outcomes]
    lines = f"统计期内办结{told.answered}件" + (f"，其中{'、'.join(parts)}" if parts else "") + "。"
    return lines + (f"尚有{told.open_still}件在办理期限内，结转下一年度。" if told.open_still else "")


def _appraisal(period: Period, figures: Figures) -> str:
    received, answered = figures["opinions.received"], figures["opinions.answered"]
    if not received.value:
        return f"{days_of(period)}，未收到对信息公开工作的意见和建议。"
    rectified = Opinion.objects.of(period.body).received_within(start=period.start, end=period.end)
    count = rectified.exclude(rectified_by=None).count()
    text = f"收到意见、咨询和异议{received.value}{received.unit}，已答复{answered.value}{answered.unit}"
    return text + (f"，根据意见整改后再次公布{count}条。" if count else "。")


def _remedies(period: Period, figures: Figures) -> str:
    codes = ("complaints.received", "reconsideration.total", "litigation.total")
    names = ("举报", "行政复议", "行政诉讼")
    if all(figures.get(code) and figures[code].value == 0 for code in codes):
        return f"{days_of(period)}，未发生因信息公开工作受到举报、申请行政复议或者提起诉讼的情况。"
    parts = [f"{name}{stated(figures, code)}" for name, code in zip(names, codes, strict=True)]
    return f"{days_of(period)}，因信息公开工作收到" + "，".join(parts) + "。"


def missed(period: Period) -> str:
    """Name the items of the catalogue that were due in the period and not published ("" = none)."""
    found = Obligation.objects.filter(
        body=period.body, met_on=None, due_on__gte=period.start, due_on__lte=period.end,
        item__not_applicable_reason="", item__retired_on=None,
    ).select_related("item")  # fmt: skip
    names = list(dict.fromkeys(one.item.name for one in found))
    listed = "、".join(f"“{name[:30]}”" for name in names[:5])
    more = "等" if len(names) > 5 else ""
    return f"公开目录中有{len(names)}个事项在统计期内没有按时公开，包括{listed}{more}。" if names else ""


def _problems(period: Period, figures: Figures) -> str:
    told = missed(period) or "【请补充：存在的主要问题】"
    return f"1.存在问题。{told}\n2.今后努力方向。【请补充：改进措施】"


def _he_problems(period: Period, figures: Figures) -> str:
    told = missed(period) or "【请补充：存在的主要问题】"
    return f"1.主要经验。【请补充：主要经验】\n2.存在问题。{told}\n3.改进措施。【请补充：改进措施】"


DRAFTERS: dict[str, Callable[[Period, Figures], str]] = {
    "overview": _overview,
    "proactive": _proactive,
    "requests": _requests,
    "appraisal": _appraisal,
    "remedies": _remedies,
    "problems": _problems,
    "he-problems": _he_problems,
    "he-other": lambda period, figures: "【请补充：其他需要报告的事项，没有的写明没有】",
    "he-list": lambda period, figures: "【请补充：清单五十项的公开情况（事项、网址、备注）】",
}
