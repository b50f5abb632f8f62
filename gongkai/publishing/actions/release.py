"""Acts on what the public sees: publish, revise, withdraw, end, mark, put right."""

from datetime import date, datetime

from gongkai.journal import outbox
from gongkai.journal.actor import Actor
from gongkai.journal.acts import ActRefused, act, note
from gongkai.journal.chain import SHANGHAI
from gongkai.publishing import findable, gate, outlets, party_first
from gongkai.publishing.content import digest_of
from gongkai.publishing.copying import next_edition
from gongkai.publishing.models import (
    Disclosure,
    Edition,
    EditionState,
    Effect,
    IssueEntry,
    Standing,
    WithdrawalReason,
)
from gongkai.publishing.numbering import next_index_number
from gongkai.publishing.policy import may_draft, may_publish, may_release, may_withdraw
from gongkai.publishing.visibility import SOCIETY, open_or_shut
from gongkai.publishing.writing import check_facts
from gongkai.review import actions as review
from gongkai.review.models import ReviewItem, Route

UNFINISHED = (EditionState.DRAFT, EditionState.RETURNED, EditionState.IN_REVIEW, EditionState.APPROVED)


@act("edition.published", may=may_publish)
def publish(edition: Edition, *, by: Actor, at: datetime) -> Edition:
    """Publish an approved edition: index number, search, postings, duties met, public pages – or nothing at all.

    A party matter for members and others is published inside the party; `open_outside` does the rest on its day.
    Raises ActRefused when it is not approved, was changed since, still holds findings, is out of date or not yet due.
    """
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    disclosure = Disclosure.objects.select_for_update().get(pk=edition.disclosure_id)
    on = at.astimezone(SHANGHAI).date()
    _refuse_unpublishable(edition, disclosure, at=at)
    first = disclosure.first_published_at is None
    meant_for_society = edition.renditions.filter(for_society=True).exists()
    edition.outside_on = party_first.outside_day(edition, on=on)
    edition.inside_only = edition.outside_on is not None
    disclosure.editions.filter(state=EditionState.PUBLISHED).update(state=EditionState.SUPERSEDED)
    edition.state, edition.published_at = EditionState.PUBLISHED, at
    edition.save(update_fields=["state", "published_at", "outside_on", "inside_only"])
    if not disclosure.index_number:
        disclosure.index_number = next_index_number(disclosure.body, on=on, restricted=not meant_for_society)
    disclosure.current, disclosure.standing = edition, Standing.PUBLISHED
    disclosure.first_published_at = disclosure.first_published_at or at
    society = meant_for_society and not edition.inside_only
    _show(edition, disclosure, on=on, society=society)
    if first or edition.route != Route.TYPO:
        outlets.plan(edition, channels=party_first.channels_open(edition), on=on, by_name=by.person_name)
        outlets.meet_duties(edition, items=party_first.items_met(edition), at=at)
    note(disclosure=disclosure.pk, index_number=disclosure.index_number, digest=edition.digest, society=society)
    if edition.outside_on:
        note(outside_on=edition.outside_on.isoformat())
    return edition


@act("disclosure.opened_outside", may=may_release)
def open_outside(disclosure: Disclosure, *, by: Actor, at: datetime, why: str = "") -> Disclosure:
    """Show to everybody it is meant for what so far only party members read (先党内后党外).

    Before its day this needs a reason. Raises ActRefused when it is not kept inside or holds findings again.
    """
    disclosure = Disclosure.objects.select_for_update().get(pk=disclosure.pk)
    edition = disclosure.current
    if disclosure.standing != Standing.PUBLISHED or edition is None or not edition.inside_only:
        raise ActRefused("这条信息没有只在党内公开的内容，不用再办。")
    on = at.astimezone(SHANGHAI).date()
    if edition.outside_on and on < edition.outside_on and len(why.strip()) < party_first.SHORTEST_REASON:
        raise ActRefused(f"定于{edition.outside_on:%Y年%-m月%-d日}向党外公开，提前要写明原因。")
    _refuse_findings(edition)
    planned, met = party_first.channels_open(edition), party_first.items_met(edition)
    edition.inside_only, edition.outside_on = False, on
    edition.save(update_fields=["inside_only", "outside_on"])
    society = any(SOCIETY in one.audiences for one in edition.renditions.all())
    _show(edition, disclosure, on=on, society=society)
    channels = [code for code in edition.channels if code not in planned]
    outlets.plan(edition, channels=channels, on=on, by_name=by.person_name)
    outlets.meet_duties(edition, items=[one for one in party_first.items_met(edition) if one not in met], at=at)
    note(index_number=disclosure.index_number, digest=edition.digest, society=society, why=why.strip())
    return disclosure


@act("disclosure.revision_begun", may=may_draft)
def revise(disclosure: Disclosure, *, by: Actor, at: datetime, reason: str, change_note: str = "") -> Edition:
    """Begin a new edition from the published one, which stays public until the new one replaces it.

    One that was made public elsewhere (imported) becomes a page of ours by its new edition, through the chain.
    `reason` is for the file, `change_note` for the public (asked for again before submitting).
    """
    disclosure = Disclosure.objects.select_for_update().get(pk=disclosure.pk)
    if disclosure.standing not in (Standing.PUBLISHED, Standing.ELSEWHERE) or disclosure.current is None:
        raise ActRefused(
            f"这条信息{disclosure.get_standing_display()}，不能修订。需要再公开的，请起草一条新的并注明整改哪一条。"
        )
    if not reason.strip():
        raise ActRefused("请写明为什么修订。")
    check_facts(disclosure.body, {"change_note": change_note, "change_reason": reason})
    under_way = disclosure.editions.filter(state__in=UNFINISHED).first()
    if under_way is not None:
        raise ActRefused(f"已经有一个修订版在办（{under_way.get_state_display()}），请在那一版里改。")
    edition = next_edition(disclosure.current, by_id=by.person_id, at=at)
    edition.change_reason, edition.change_note = reason.strip(), change_note.strip()
    edition.digest = digest_of(edition)
    edition.save()
    gate.rescreen(edition)
    note(edition=edition.pk, number=edition.number, reason=edition.change_reason)
    return edition


@act("disclosure.withdrawn", may=may_withdraw)
def withdraw(disclosure: Disclosure, *, by: Actor, at: datetime, reason: str, why: str = "") -> Disclosure:
    """Take a disclosure down at once, every copy of ours with it; what hangs elsewhere becomes an urgent to-do.

    `reason` is one of WithdrawalReason and stands on the page that remains; `why` is for the file only.
    """
    disclosure = Disclosure.objects.select_for_update().get(pk=disclosure.pk)
    if disclosure.standing not in (Standing.PUBLISHED, Standing.ENDED):
        raise ActRefused(f"这条信息{disclosure.get_standing_display()}，不用再撤回。")
    if reason not in WithdrawalReason.values:
        raise ActRefused("请从列表中选择撤回理由，它会写在留下的说明页上。")
    on = at.astimezone(SHANGHAI).date()
    disclosure.standing = Standing.WITHDRAWN
    disclosure.withdrawn_at, disclosure.withdrawn_reason = at, reason
    disclosure.save(update_fields=["standing", "withdrawn_at", "withdrawn_reason"])
    _stop_unfinished(disclosure, by=by, at=at)
    findable.remove(disclosure)
    elsewhere = outlets.clear(disclosure, on=on, urgent=True, why=str(WithdrawalReason(reason).label))
    outlets.owe_again(disclosure, at=at)
    outbox.put("disclosure.withdrawn", disclosure=disclosure.pk)
    note(index_number=disclosure.index_number, reason=reason, why=why.strip(), take_down_elsewhere=elsewhere)
    return disclosure


@act("notice.ended", may=may_release)
def end_notice(disclosure: Disclosure, *, by: Actor, at: datetime, why: str = "") -> Disclosure:
    """End a publicity notice: page and attachments go, the archive stays, boards and groups are asked to be cleared.

    Before its last day is over this needs a reason.
    """
    disclosure = Disclosure.objects.select_for_update().get(pk=disclosure.pk)
    current = disclosure.current
    if disclosure.standing != Standing.PUBLISHED or current is None:
        raise ActRefused(f"这条信息{disclosure.get_standing_display()}，公示不在进行中。")
    if current.notice_last_on is None:
        raise ActRefused("这条信息没有公示期。要取下它请用“撤回”。")
    on = at.astimezone(SHANGHAI).date()
    if on <= current.notice_last_on and not why.strip():
        raise ActRefused(f"公示期到{current.notice_last_on:%Y年%-m月%-d日}，提前结束要写明原因。")
    disclosure.standing = Standing.ENDED
    disclosure.save(update_fields=["standing"])
    findable.remove(disclosure)
    elsewhere = outlets.clear(disclosure, on=on, urgent=False, why="公示期满")
    outbox.put("disclosure.ended", disclosure=disclosure.pk)
    note(last_on=current.notice_last_on.isoformat(), why=why.strip(), take_down_elsewhere=elsewhere)
    return disclosure


@act("disclosure.effect_marked", may=may_release)
def mark_effect(disclosure: Disclosure, *, by: Actor, at: datetime, effect: str, explanation: str) -> Disclosure:
    """Mark a published disclosure 有效/失效/废止/部分修改; the page stays and says so."""
    disclosure = Disclosure.objects.select_for_update().get(pk=disclosure.pk)
    if disclosure.standing != Standing.PUBLISHED or disclosure.current is None:
        raise ActRefused(f"这条信息{disclosure.get_standing_display()}，不能标注有效性。")
    check_facts(disclosure.body, {"effect": effect, "effect_note": explanation})
    if effect != Effect.VALID and not explanation.strip():
        raise ActRefused("请写明依据，例如“由示小〔2026〕9号文废止”。它会写在网页上。")
    edition = Edition.objects.select_for_update().get(pk=disclosure.current_id)
    before = edition.digest
    edition.effect, edition.effect_note = effect, explanation.strip()
    edition.digest = digest_of(edition)
    edition.save(update_fields=["effect", "effect_note", "digest"])
    findable.put(edition)
    outbox.put("edition.published", edition=edition.pk)
    note(effect=effect, explanation=edition.effect_note, digest_before=before, digest=edition.digest)
    return disclosure


def _refuse_unpublishable(edition: Edition, disclosure: Disclosure, *, at: datetime) -> None:
    if edition.state == EditionState.PUBLISHED:
        raise ActRefused(f"《{edition.title}》已经公开，不用再点。")
    if edition.state != EditionState.APPROVED:
        raise ActRefused(f"《{edition.title}》{edition.get_state_display()}，签发后才能公开。")
    if disclosure.standing not in (Standing.DRAFT, Standing.PUBLISHED, Standing.ELSEWHERE):
        raise ActRefused(f"《{edition.title}》所属的信息{disclosure.get_standing_display()}，不能再公开新版本。")
    approved = ReviewItem.objects.filter(entry__edition=edition).first()
    if approved is None or approved.digest != digest_of(edition):
        raise ActRefused(f"《{edition.title}》在签发后有改动，与签发的内容不一致，要重新审批。")
    on = at.astimezone(SHANGHAI).date()
    if edition.publish_on and edition.publish_on > on:
        raise ActRefused(f"《{edition.title}》定于{edition.publish_on:%Y年%-m月%-d日}公开，到日自动公开。")
    if edition.notice_last_on and edition.notice_last_on < on:
        raise ActRefused(f"《{edition.title}》公示最后一天已经过去，请退回修改公示期。")
    _refuse_findings(edition)


def _refuse_findings(edition: Edition) -> None:
    if found := gate.blocking(edition):
        raise ActRefused(
            f"《{edition.title}》还有 {len(found)} 处筛查发现没有处理，不能向社会公开：{found[0].message}"
            "请去掉，或由作者以外的人说明保留理由。"
        )


def _show(edition: Edition, disclosure: Disclosure, *, on: date, society: bool) -> None:
    """Let those read it who may now: search, pages, and the day it first stood open to society."""
    open_or_shut(edition)
    if society:
        disclosure.first_public_on = disclosure.first_public_on or on
    disclosure.save()
    edition.disclosure = disclosure
    findable.put(edition)
    outbox.put("edition.published", edition=edition.pk)
    _show_where_put_right(disclosure)


def _stop_unfinished(disclosure: Disclosure, *, by: Actor, at: datetime) -> None:
    for edition in disclosure.editions.filter(state__in=UNFINISHED):
        entry = IssueEntry.objects.filter(edition=edition).select_related("review_item").first()
        if entry is not None and entry.review_item is not None and edition.state != EditionState.APPROVED:
            system = Actor.system(body_code=disclosure.body.code, body_name=disclosure.body.name)
            review.remove(entry.review_item, by=system, at=at)
        edition.state = EditionState.DISCARDED
        edition.save(update_fields=["state"])


def _show_where_put_right(disclosure: Disclosure) -> None:
    wrong = disclosure.puts_right
    if wrong is None or Standing.PUBLISHED not in (wrong.standing, disclosure.standing):
        return
    for one in (wrong, disclosure):
        if one.standing == Standing.PUBLISHED and one.current_id:
            outbox.put("edition.published", edition=one.current_id)
