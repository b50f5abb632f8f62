"""Write facts into an edition, after saying in Chinese what cannot be."""

from collections.abc import Mapping
from typing import Any

from gongkai.bodies.models import Body
from gongkai.frame.dates import cn_time
from gongkai.frame.richtext import clean, to_text
from gongkai.journal.acts import ActRefused
from gongkai.publishing import party_first
from gongkai.publishing.content import DAYS
from gongkai.publishing.kinds import channel_name, kinds_of
from gongkai.publishing.models import Edition, Effect, Rendition
from gongkai.publishing.visibility import SOCIETY
from gongkai.statute import law

FACTS = (
    "title", "kind", "department", "reprinted_from", "document_number", "formed_on", "effect", "effect_note",
    "notice_last_on", "channels", "route", "publish_on", "outside_from", "outside_why", "change_note", "change_reason",
)  # fmt: skip
TEXT = ("html", "summary", "audiences")
KNOWN = {*FACTS, *TEXT, "items", "renditions"}
LONGEST = {
    "title": ("标题", 200), "reprinted_from": ("来源", 200), "document_number": ("文号", 80), "summary": ("摘要", 300),
    "change_note": ("修改说明", 300), "change_reason": ("修改原因", 300), "effect_note": ("有效性说明", 200),
    "outside_why": ("同日公开的理由", 200),
}  # fmt: skip
MOST_TEXT = 2_000_000  # characters of HTML; beyond, editors and phones no longer open the page


class StaleDraft(ActRefused):
    """Somebody saved this draft after the page was opened; both texts are kept until a person decides."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        who = edition.saved_by.name if edition.saved_by else "别人"
        super().__init__(
            f"{who}已于{cn_time(edition.saved_at)}保存了这份草稿。"
            "您的文字没有丢失，就在下面；请对照后再保存，以免覆盖对方的修改。"
        )


class UnusableFacts(ActRefused):
    """Facts that cannot be: `faults` maps a field to its sentence."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        self.faults = dict(faults)
        super().__init__("".join(self.faults.values()))


def check_facts(body: Body, facts: Mapping[str, Any], *, edition: Edition | None = None) -> None:
    """Raise UnusableFacts naming every fact that cannot be written; TypeError for one nobody knows."""
    unknown = set(facts) - KNOWN
    if unknown:
        raise TypeError(f"not facts of an edition: {sorted(unknown)}")
    faults = {**_too_long(facts), **_choices(body, facts), **_foreign(body, facts)}
    for one in facts.get("renditions", {}).values():
        faults |= {**_too_long(one), **_choices(body, one)}
    if "title" in facts and not facts["title"].strip():
        faults["title"] = "请填写标题。"
    faults |= _dates(facts, edition)
    if faults:
        raise UnusableFacts(faults)


def _too_long(facts: Mapping[str, Any]) -> dict[str, str]:
    faults = {
        name: f"{label}最长 {most} 个字，现在有 {len(facts[name])} 个字，请缩短。"
        for name, (label, most) in LONGEST.items()
        if len(facts.get(name) or "") > most
    }
    if len(facts.get("html") or "") > MOST_TEXT:
        faults["html"] = "正文太长（超过 200 万字符）。请把长表格作为附件上传，正文留摘要。"
    return faults


def _choices(body: Body, facts: Mapping[str, Any]) -> dict[str, str]:
    faults = {}
    if "kind" in facts and facts["kind"] not in {kind.code for kind in kinds_of(body)}:
        faults["kind"] = "请从列表中选择信息类别。"
    if "audiences" in facts and (not facts["audiences"] or not set(facts["audiences"]) <= set(law().audiences)):
        faults["audiences"] = "请至少选择一个公开范围。"
    strange = set(facts.get("channels") or ()) - set(law().channels)
    if strange:
        faults["channels"] = f"没有这个渠道：{'、'.join(channel_name(code) for code in sorted(strange))}。"
    if "effect" in facts and facts["effect"] not in Effect.values:
        faults["effect"] = "请从列表中选择有效性。"
    return faults


def _foreign(body: Body, facts: Mapping[str, Any]) -> dict[str, str]:
    faults = {}
    if any(item.body_id != body.pk for item in facts.get("items") or ()):
        faults["items"] = "只能选择本单位目录里的公开事项。"
    department = facts.get("department")
    if department is not None and department.body_id != body.pk:
        faults["department"] = "只能选择本单位的部门。"
    return faults


def _dates(facts: Mapping[str, Any], edition: Edition | None) -> dict[str, str]:
    now: dict[str, Any] = {name: facts.get(name, getattr(edition, name, None)) for name in DAYS}
    faults = party_first.faults_of(
        publish_on=now["publish_on"], outside_from=now["outside_from"],
        outside_why=facts.get("outside_why", edition.outside_why if edition else "").strip(),
    )  # fmt: skip
    formed, last = now["formed_on"], now["notice_last_on"]
    if formed and last and last < formed:
        faults["notice_last_on"] = "公示最后一天早于成文日期，请核对两个日期。"
    return faults


def write_facts(edition: Edition, facts: Mapping[str, Any]) -> None:
    """Write checked facts; text facts go to the first rendition, `renditions` to those they name."""
    for name in FACTS:
        if name in facts:
            value = facts[name]
            setattr(edition, name, value.strip() if isinstance(value, str) else value)
    edition.save()
    if "items" in facts:
        edition.items.set(facts["items"] or ())
    own = {name: facts[name] for name in TEXT if name in facts}
    for place, rendition in enumerate(edition.renditions.all()):
        named = facts.get("renditions", {}).get(rendition.pk, {})
        changes = {**own, **named} if place == 0 else named
        if changes:
            write_rendition(rendition, changes)


def write_rendition(rendition: Rendition, facts: Mapping[str, Any]) -> Rendition:
    """Write a rendition's text (cleaned on the way in), summary and audiences."""
    if "html" in facts:
        rendition.html = clean(facts["html"] or "")
        rendition.text = to_text(rendition.html)
    if "summary" in facts:
        rendition.summary = (facts["summary"] or "").strip()
    if "audiences" in facts:
        rendition.audiences = sorted(set(facts["audiences"]))
        rendition.for_society = SOCIETY in rendition.audiences
    rendition.save()
    return rendition
