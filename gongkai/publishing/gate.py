"""The gate: what an edition lacks before it may be submitted, and what screening found in it.

Findings block the public audience until the content is gone or somebody who is no author has justified it.
They are found anew on every save; a clearance stays with a finding whose fingerprint has not changed.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.crypto import salted_hmac

from gongkai.documents.reading import DocumentText
from gongkai.publishing import party_first
from gongkai.publishing.kinds import kind_of, notice_period
from gongkai.publishing.models import Attachment, ContentFinding, Edition, EditionState, Rendition, Standing
from gongkai.publishing.visibility import SOCIETY
from gongkai.screening import Finding, screen, screen_html, screen_text
from gongkai.statute import law

# What screening calls an error blocks; warnings and notes are shown to author and reviewer.
BLOCKING = "error"
# A board that hangs for good is no publicity notice with a last day, whatever its title says.
STANDING_NOTICES = ("收费公示", "公示栏", "公示牌", "公示制度", "公示办法")


@dataclass(frozen=True)
class Lack:
    """One thing to do before submitting: the form field it stands at, and a sentence."""

    field: str
    text: str


def lacks_of(edition: Edition, *, on: date) -> list[Lack]:
    """Say what keeps an edition from being submitted; an empty list lets it go."""
    lacks = []
    if not edition.title.strip():
        lacks.append(Lack("title", "还没有标题。"))
    lacks += _rendition_lacks(edition)
    lacks += [
        Lack("items", f"公开事项“{item.name}”已停用（{item.retired_on:%Y年%-m月%-d日}起），请改选现行的事项或去掉。")
        for item in edition.items.filter(retired_on__isnull=False)
    ]
    lacks += [
        Lack("items", f"公开事项“{item.name}”已标为不适用，请改选或先在目录中恢复。")
        for item in edition.items.exclude(not_applicable_reason="").filter(retired_on=None)
    ]
    if edition.number > 1 and not edition.change_note:
        lacks.append(Lack("change_note", "修订要写明改了什么（修改说明会公开）。"))
    lacks += [Lack(field, text) for field, text in party_first.lacks_of(edition)]
    return lacks + _date_lacks(edition, on=on) + _kind_lacks(edition)


def _rendition_lacks(edition: Edition) -> list[Lack]:
    lacks = []
    for rendition in edition.renditions.all():
        if not rendition.audiences:
            lacks.append(Lack("audiences", "还没有选择公开范围。"))
        if not rendition.text.strip() and "<img" not in rendition.html and not rendition.attachments.exists():
            lacks.append(Lack("html", "正文还是空的。请写正文，或上传附件并在正文里说明附件是什么。"))
        elif not rendition.text.strip():
            lacks.append(Lack("html", "只有附件、没有正文。请至少写一句话说明附件是什么，手机和读屏用户才看得懂。"))
    return lacks


def _date_lacks(edition: Edition, *, on: date) -> list[Lack]:
    lacks = []
    if edition.formed_on and edition.formed_on > on:
        lacks.append(Lack("formed_on", "成文日期在今天之后，请核对。"))
    if edition.notice_last_on and edition.notice_last_on < (edition.publish_on or on):
        lacks.append(Lack("notice_last_on", "公示最后一天已经过去，请重新确定公示期。"))
    if not edition.notice_last_on and needs_last_day(edition):
        lacks.append(Lack("notice_last_on", "公示要写明最后一天，到期后网页自动撤下。"))
    return lacks


def _kind_lacks(edition: Edition) -> list[Lack]:
    try:
        kind = kind_of(edition.body, edition.kind)
    except KeyError:
        return [Lack("kind", "还没有选择信息类别。")]
    if edition.route == "short" and not kind.short:
        return [Lack("route", f"“{kind.name}”不能走动态简易流程，请改走完整流程。")]
    if edition.route == "typo" and (edition.number == 1 or edition.disclosure.standing != Standing.PUBLISHED):
        return [Lack("route", "文字更正只用于已公开信息的修订。")]
    return []


def needs_last_day(edition: Edition) -> bool:
    """Tell whether this is a publicity notice (公示) that must end: a notice by kind and title, not a standing one."""
    title = edition.title
    if not _is_notice(edition) or "公示" not in title or any(word in title for word in STANDING_NOTICES):
        return False
    times = [time for item in edition.items.all() for time in item.times if isinstance(time, dict)]
    return not any(time.get("class") == "LONG" for time in times)


def _is_notice(edition: Edition) -> bool:
    try:
        return kind_of(edition.body, edition.kind).notice
    except KeyError:
        return False


def warnings_of(edition: Edition, *, on: date) -> list[Lack]:
    """Say what deserves a second look but does not stop a submission."""
    warnings = []
    if not edition.items.exists():
        warnings.append(Lack("items", "没有对应目录中的公开事项，公开后不会计入目录覆盖率。"))
    if party_first.passes_by_members(edition):
        warnings.append(Lack("audiences", "党务先党内后党外：公开范围没有选“党员”，签发后会直接向党外公开。"))
    if "公示" in edition.title and not edition.notice_last_on and not _is_notice(edition):
        warnings.append(Lack("kind", "标题里有“公示”，信息类别却不是公告公示。有公示期的请改选类别并填最后一天。"))
    if edition.notice_last_on and (short := _shorter_than_allowed(edition, on=on)):
        warnings.append(Lack("notice_last_on", short))
    return warnings


def _shorter_than_allowed(edition: Edition, *, on: date) -> str:
    period = notice_period(list(edition.items.all()))
    begins = edition.publish_on or on
    if period.unit == "wd":
        earliest = law().calendar.add_working_days(begins, period.n).on
    else:
        earliest = begins + timedelta(days=period.n)
    if edition.notice_last_on >= earliest:
        return ""
    return (
        f"公示期偏短：{period.name}一般不少于 {period.words}，从{begins:%-m月%-d日}起公示，"
        f"最后一天不应早于{earliest:%-m月%-d日}。"
    )


def rescreen(edition: Edition) -> None:
    """Screen title, metadata and texts anew; attachments keep what was found when they were attached."""
    for rendition in edition.renditions.all():
        label = "正文" if rendition.order == 0 else f"第{rendition.order + 1}份正文"
        found = [*screen_html(rendition.html, where=label), *screen_text(rendition.summary, where="摘要")]
        _settle(ContentFinding.objects.filter(edition=edition, rendition=rendition, attachment=None), found, rendition)
    metadata = "\n".join((edition.title, edition.change_note, edition.reprinted_from, edition.effect_note))
    heads = ContentFinding.objects.filter(edition=edition, rendition=None)
    _settle(heads, screen_text(metadata, where="标题和说明"), edition)


def screen_attachment(attachment: Attachment, read: DocumentText) -> None:
    """Record what screening finds in an attachment as read, and in its name."""
    found = [*screen(read), *screen_text(attachment.name, where="文件名")]
    _settle(ContentFinding.objects.filter(attachment=attachment), found, attachment)


def carry_over(
    finding: ContentFinding, *, edition: Edition, rendition: Rendition, attachment: Attachment | None = None
) -> None:
    """Repeat a finding and its clearance for the same text or file in a new edition."""
    finding.pk = None
    finding._state.adding = True
    finding.edition, finding.rendition, finding.attachment = edition, rendition, attachment
    finding.save()


def _settle(known: Iterable[ContentFinding], found: Iterable[Finding], place: Edition | Rendition | Attachment) -> None:
    standing = {finding.fingerprint: finding for finding in known}
    seen: Counter[str] = Counter()
    for one in found:
        mark = f"{one.code}|{one.masked}|{one.quote}" + (f"|{one.where}" if isinstance(place, Attachment) else "")
        seen[mark] += 1
        fingerprint = salted_hmac("gongkai.finding", f"{mark}|{seen[mark]}", algorithm="sha256").hexdigest()
        row = standing.pop(fingerprint, None) or ContentFinding(fingerprint=fingerprint, **_place(place))
        row.code, row.kind, row.severity, row.masked = one.code[:40], one.kind[:40], one.severity, one.masked[:80]
        row.where = _where(one, place)[:200]
        row.message = one.message[:300]
        row.save()
    ContentFinding.objects.filter(pk__in=[row.pk for row in standing.values()]).delete()


def _place(place: Edition | Rendition | Attachment) -> dict[str, object]:
    if isinstance(place, Attachment):
        return {"edition": place.rendition.edition, "rendition": place.rendition, "attachment": place}
    if isinstance(place, Rendition):
        return {"edition": place.edition, "rendition": place}
    return {"edition": place}


def _where(found: Finding, place: Edition | Rendition | Attachment) -> str:
    return f"附件“{place.name}” {found.where}".strip() if isinstance(place, Attachment) else found.where


def open_findings(edition: Edition) -> list[ContentFinding]:
    """Return the findings nobody but an author has cleared yet, those that block first."""
    authors = {person.pk for person in edition.authors.all()}
    waiting = [row for row in edition.findings.all() if row.cleared_at is None or row.cleared_by_id in authors]
    return sorted(waiting, key=lambda row: row.severity != BLOCKING)


def still_blocks(edition: Edition) -> bool:
    """Tell whether a finding still keeps anybody from reading: nothing published yet, or only inside the party."""
    done = (EditionState.PUBLISHED, EditionState.SUPERSEDED, EditionState.DISCARDED)
    return edition.state not in done or (edition.state == EditionState.PUBLISHED and edition.inside_only)


def blocking(edition: Edition) -> list[ContentFinding]:
    """Return what keeps this edition from society: open findings of severity error in what society would read."""
    if not any(SOCIETY in one.audiences for one in edition.renditions.all()):
        return []
    return [
        row
        for row in open_findings(edition)
        if row.severity == BLOCKING and (row.rendition is None or SOCIETY in row.rendition.audiences)
    ]
