"""What the law files must satisfy together; each check refuses the first record that breaks it."""

import re
from collections.abc import Callable, Iterable
from datetime import date

from gongkai.statute.citations import UnresolvableCite, parse
from gongkai.statute.corpus import Law
from gongkai.statute.fee_records import charged
from gongkai.statute.letter_texts import faults_of
from gongkai.statute.outcome_checks import check_outcomes
from gongkai.statute.reading import refuse
from gongkai.statute.records import CatalogueItem, Limit, TimeClass
from gongkai.statute.table_checks import check_tables

CONFIDENCE = {
    "law": "读过正式文本",
    "web": "见于公开网页",
    "agreed": "两个公开数据库一致",
    "sample": "见于一份公开文件",
    "convention": "地方或平台的通行做法",
    "memory": "未核实",
}
CLASSES = ("LONG", "REG", "STG", "IMM")
CYCLES = ("week", "month", "quarter", "term", "school_year", "year")
STAGES = ("before", "during", "after")
UNITS = ("wd", "cd", "month", "year", "hour", "per_year")
EVENTS = {
    "formed": "形成",
    "changed": "变更",
    "posted": "张贴",
    "arrived": "到达",
    "received": "收到",
    "clarification_sent": "发出补正告知",
    "clarification_served": "补正告知送达",
    "clarification_received": "收到补正",
    "reasons_asked": "要求说明理由",
    "consultation_sent": "发出征求意见书",
    "consultation_delivered": "征求意见书送达",
    "consultation_closed": "征求意见结束",
    "extended": "延期",
    "deferred": "确定延迟答复",
    "fee_notified": "收费通知送达",
    "fee_paid": "缴费",
    "served": "答复送达",
    "reopened": "重新办理",
    "accepted": "受理",
    "evaluated": "评估",
    "approved": "批复",
    "decided": "确定",
    "signed": "签订",
    "published": "发布",
    "happened": "发生",
    "submitted": "提交",
    "congress_passed": "教代会通过",
    "congress_closed": "教代会闭会",
}
ASKS = ("address", "place", "photo", "number", "recipients")
SILENCE = {
    "overdue": "逾期是违法的,申请人可以投诉、申请复议或起诉",
    "complain": "逾期的,申请人可以向主管教育部门申诉",
    "abandoned": "逾期又没有正当理由的,视为放弃",
    "body_decides": "逾期不提的,由本单位依法决定",
    "consent": "逾期不回复的,视为同意公开",
    "without_basis": "逾期不提交的,视为没有证据和依据",
    "lapses": "逾期又没有正当理由的,不再受理",
}
RECEIPTS = ("submitted", "signed", "confirmed", "refused")
ANSWERED = ("signed", "posted", "sent")
MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


def check(law: Law) -> None:
    """Refuse law whose records do not fit together. Raises RefusedRecord."""
    for one in (
        _instruments,
        _cites,
        _regimes,
        _limits,
        _overlaps,
        _items,
        _groups,
        _equivalences,
        _bodies,
        _channels,
        _intake,
        _letters,
        check_outcomes,
        _fees,
        _families,
        _questions,
        _calendars,
        _cases,
    ):
        one(law)


def _known(where: str, what: str, codes: Iterable[str], known: Iterable[str]) -> None:
    for code in codes:
        if code not in known:
            refuse(where, f"{what} {code!r} 不存在")


def _cites(law: Law) -> None:
    for file, code, cite, confidence in law.cited():
        where = f"law/{file} {code}"
        try:
            law.resolve(cite)
        except UnresolvableCite as unresolved:
            refuse(where, str(unresolved))
        _known(where, "可信程度", [confidence], CONFIDENCE)


def _instruments(law: Law) -> None:
    for instrument in law.instruments.values():
        where = f"law/regimes.toml {instrument.code}"
        _known(where, "可信程度", [instrument.confidence], CONFIDENCE)
        _in_order(where, instrument.from_on, instrument.until)
    for article in law.articles.values():
        where = f"law/articles/{article.instrument}.toml 第{article.number}条"
        _known(where, "法规", [article.instrument], law.instruments)
        _known(where, "可信程度", [article.confidence], CONFIDENCE)


def _regimes(law: Law) -> None:
    for regime in law.regimes.values():
        where = f"law/regimes.toml {regime.code}"
        _in_order(where, regime.from_on, regime.until)
        _known(where, "主动公开期限", [regime.proactive], law.limits)
        if law.limits[regime.proactive].kind != "proactive":
            refuse(where, f"{regime.proactive} 不是主动公开期限")


def _in_order(where: str, start: date | None, end: date | None) -> None:
    if start is not None and end is not None and start >= end:
        refuse(where, "until 应晚于 from")


def _limits(law: Law) -> None:
    for limit in law.limits.values():
        where = f"law/limits.toml {limit.code}"
        _known(where, "制度", [limit.regime], [*law.regimes, "any"])
        _in_order(where, limit.from_on, limit.until)
        if limit.yearly:
            _month_days(where, limit.yearly, limit.counts_from, limit.counts_to)
            if limit.n or limit.unit or limit.begins_with:
                refuse(where, "每年固定日期的期限不写天数")
            continue
        _known(where, "单位", [limit.unit], UNITS)
        _known(where, "起算事件", limit.begins_with, EVENTS)
        if limit.n < 1 or not limit.begins_with:
            refuse(where, "期限要写 n、unit 和 begins_with,或者写 yearly")
        _course(law, limit, where)


def _course(law: Law, limit: Limit, where: str) -> None:
    """Refuse a limit whose stops, restarts, pauses or extension cannot be carried out."""
    set_by = [limit.set_by] if limit.set_by else []
    _known(where, "事件", [*limit.estimated_from, *limit.stops_with, *limit.restarts_with, *set_by], EVENTS)
    _known(where, "逾期后果", [limit.on_silence] if limit.on_silence else [], SILENCE)
    _known(where, "顺延", [limit.roll] if limit.roll else [], ["next_wd"])
    _known(where, "暂停程序", [limit.paused_by] if limit.paused_by else [], ["consultation"])
    _known(where, "暂停的期限", [limit.pause_limit] if limit.pause_limit else [], law.limits)
    if len(limit.stops_with) > len(limit.restarts_with):
        refuse(where, "stops_with 的每个事件要有对应的 restarts_with")
    if (limit.paused_by or limit.deferrable) and limit.unit != "wd":
        refuse(where, "只有工作日期限可以停止计算或延迟")
    if limit.extension and limit.unit not in ("wd", "cd"):
        refuse(where, "只有按日计算的期限可以延期")


def _month_days(where: str, *texts: str) -> None:
    for text in texts:
        if not MONTH_DAY.fullmatch(text):
            refuse(where, f"日期应写成 月-日,如 01-31,现为 {text!r}")


def _overlaps(law: Law) -> None:
    """Two rules for the same thing must not be in force on the same day."""
    seen: dict[tuple[str, ...], list[Limit]] = {}
    for limit in law.limits.values():
        same = seen.setdefault((limit.regime, limit.kind, limit.matter, limit.local), [])
        for other in same:
            if _both_in_force(limit, other):
                refuse(f"law/limits.toml {limit.code}", f"与 {other.code} 同时有效")
        same.append(limit)


def _both_in_force(a: Limit, b: Limit) -> bool:
    starts = max(a.from_on or date.min, b.from_on or date.min)
    return starts < min(a.until or date.max, b.until or date.max)


def _items(law: Law) -> None:
    for item in law.items.values():
        where = f"law/catalogues/ {item.code}"
        _known(where, "制度", [item.regime], law.regimes)
        _known(where, "公开范围", item.audiences, law.audiences)
        _known(where, "渠道", item.channels, law.channels)
        for name, needed in (
            ("times", item.times),
            ("audiences", item.audiences),
            ("channels", item.channels),
            ("owner", item.owner),
        ):
            if not needed:
                refuse(where, f"{name} 不能为空")
        for time in item.times:
            _time(law, item, time, where)


def _time(law: Law, item: CatalogueItem, time: TimeClass, where: str) -> None:
    _known(where, "公开时限", [time.kind], CLASSES)
    _known(where, "周期", [every for every in (time.every, *time.choices) if every], CYCLES)
    _known(where, "阶段", time.stages, STAGES)
    _known(where, "起算事件", [time.starts] if time.starts else [], EVENTS)
    _month_days(where, *(text for text in (time.opens, time.before) if text))
    for code, kind in ((time.limit, ""), (time.notice, "notice")):
        _known(where, "期限", [code] if code else [], law.limits)
        if code and kind and law.limits[code].kind != kind:
            refuse(where, f"{code} 不是公示期限")
    wrong = SHAPES[time.kind](time)
    if wrong:
        refuse(where, wrong)


def _shape_long(time: TimeClass) -> str:
    return "" if time == TimeClass(kind="LONG") else "长期公开不写周期和期限"


def _shape_reg(time: TimeClass) -> str:
    given = [bool(time.every), time.chosen_by_body, bool(time.limit), bool(time.starts)]
    return "" if sum(given) == 1 else "定期公开要写 every、chosen_by_body、limit 或 starts 之一"


def _shape_stg(time: TimeClass) -> str:
    return "" if time.stages else "分期公开要写 stages"


def _shape_imm(time: TimeClass) -> str:
    return "即时公开不写周期" if time.every or time.choices or time.stages else ""


SHAPES: dict[str, Callable[[TimeClass], str]] = {
    "LONG": _shape_long,
    "REG": _shape_reg,
    "STG": _shape_stg,
    "IMM": _shape_imm,
}


def _groups(law: Law) -> None:
    for catalogue in law.catalogues.values():
        codes = [item.code for item in catalogue.items]
        place = 0
        for group in catalogue.groups:
            where = f"law/catalogues/ {catalogue.code} 第{group.number}类"
            _known(where, "事项", [group.first, group.last], codes)
            if codes.index(group.first) != place:
                refuse(where, "与上一类之间有遗漏或重叠")
            place = codes.index(group.last) + 1
        if catalogue.groups and place != len(codes):
            refuse(f"law/catalogues/ {catalogue.code}", "有事项不属于任何一类")


def _equivalences(law: Law) -> None:
    seen = set()
    for pair in law.equivalences:
        where = f"law/equivalences.toml {pair.from_item}→{pair.to_item}"
        _known(where, "事项", [pair.from_item, pair.to_item], law.items)
        if (pair.from_item, pair.to_item) in seen or pair.from_item == pair.to_item:
            refuse(where, "重复或指向自己")
        seen.add((pair.from_item, pair.to_item))


def _bodies(law: Law) -> None:
    for body in law.body_kinds.values():
        where = f"law/bodies.toml {body.code}"
        _known(where, "制度", [*body.regimes], law.regimes)
        _known(where, "主要制度", [body.main], body.regimes)
        _known(where, "目录", [*body.required, *body.optional], law.catalogues)
        _known(where, "年报格式", [body.family] if body.family else [], law.families)
        _known(where, "年报期限", [body.report] if body.report else [], law.limits)
        if set(body.required) & set(body.optional):
            refuse(where, "同一目录既必备又可选")


def _channels(law: Law) -> None:
    for channel in law.channels.values():
        _known(f"law/channels.toml {channel.code}", "登记内容", channel.asks, ASKS)


def _intake(law: Law) -> None:
    for intake in law.intake.values():
        _known(f"law/intake.toml {intake.code}", "收到日期", [intake.receipt], RECEIPTS)
    for delivery in law.deliveries.values():
        _known(f"law/intake.toml {delivery.code}", "答复日期", [delivery.answered], ANSWERED)


def _letters(law: Law) -> None:
    for letter in law.letters.values():
        where = f"law/letters.toml {letter.code}"
        for fault in faults_of(letter):
            refuse(where, fault)
        for cite in letter.elsewhere:
            try:
                law.resolve(cite)
            except UnresolvableCite as unresolved:
                refuse(where, str(unresolved))


def _fees(law: Law) -> None:
    """Refuse a tariff without worked cases, or one that does not come to what they say."""
    for tariff in law.tariffs.values():
        where = f"law/fees.toml {tariff.code}"
        bounds = [tier.upto for tier in tariff.tiers]
        if bounds != sorted(set(bounds)) or min([*bounds, tariff.beyond.every + 1]) < 1 or not tariff.examples:
            refuse(where, "各档要依次递增,并附算例")
        for example in tariff.examples:
            found = sum(line.amount for line in charged(tariff, 1, example.quantity))
            if found != example.amount:
                refuse(where, f"{example.quantity}{tariff.unit}应为{example.amount}元,算得{found}元")


def _families(law: Law) -> None:
    for family in law.families.values():
        where = f"law/families.toml {family.code}"
        _known(where, "期限", [family.due], law.limits)
        for figure in family.figures:
            _known(where, "部分", [figure.section], [s.code for s in family.sections])
            _known(where, "逐个计数", [figure.each], ["", "channel", "kind"])
            if bool(figure.code) == bool(figure.each):
                refuse(where, "每个数写 code 或 each 之一")
    check_tables(law)


def _questions(law: Law) -> None:
    for question in law.secrecy_questions.values():
        _known(f"law/secrecy_questions.toml {question.code}", "回答", [question.trouble], ["yes", "no"])


def _calendars(law: Law) -> None:
    years = sorted(law.calendar_years)
    for before, after in zip(years, years[1:], strict=False):
        if after != before + 1:
            refuse(f"law/calendars/{after}.toml", f"缺少 {before + 1} 年的日历")


def _cases(law: Law) -> None:
    for number, case in enumerate(law.cases, 1):
        where = f"law/cases.toml 第{number}条"
        _known(where, "期限", [case.limit], law.limits)
        if parse(case.cite) != parse(law.limits[case.limit].cite):
            refuse(where, f"依据与期限 {case.limit} 不同")
        _known(where, "事件", [event.kind for event in case.events], EVENTS)
    without = [code for code in law.limits if code not in {case.limit for case in law.cases}]
    if without:
        refuse("law/cases.toml", f"期限 {'、'.join(without)} 没有实例")
