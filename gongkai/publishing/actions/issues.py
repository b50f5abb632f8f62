"""Acts on issues (期): open, add, take out, submit, submit again."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max

from gongkai.bodies.models import Body
from gongkai.journal.actor import Actor
from gongkai.journal.acts import ActRefused, act, anyone, note
from gongkai.journal.chain import SHANGHAI
from gongkai.publishing import filings, gate
from gongkai.publishing.actions import filing
from gongkai.publishing.content import digest_of
from gongkai.publishing.models import Edition, EditionState, Issue, IssueEntry, IssueState
from gongkai.publishing.policy import may_run_issues, may_write
from gongkai.publishing.routes import beyond_typos, chain_for, usual_route
from gongkai.review import actions as review
from gongkai.review.models import Review

MOST_ENTRIES = 100


class NotReady(ActRefused):
    """Some editions cannot be submitted yet: `lacks` maps each to what is to be done."""

    def __init__(self, lacks: dict[Edition, list[gate.Lack]]) -> None:
        self.lacks = lacks
        steps = sum(len(found) for found in lacks.values())
        told = ";".join(f"《{edition.title}》{found[0].text}" for edition, found in list(lacks.items())[:3])
        super().__init__(f"还差 {steps} 处才能送审：{told}")


@act("issue.opened", may=may_run_issues)
def open_issue(body: Body, *, by: Actor, at: datetime, title: str = "", route: str = "") -> Issue:
    """Open an issue; its number runs from 1 each year without gaps. A party body's usual route is its own."""
    Body.objects.select_for_update().get(pk=body.pk)
    year = at.date().year
    last = Issue.objects.filter(body=body, year=year).aggregate(last=Max("number"))["last"] or 0
    issue = Issue.objects.create(
        body=body, year=year, number=last + 1, title=title.strip()[:120] or f"{year}年第{last + 1}期",
        route=route or ("party" if body.is_party else "full"), opened_by_id=by.person_id, opened_at=at,
    )  # fmt: skip
    note(year=year, number=issue.number, title=issue.title, route=issue.route)
    return issue


@act("issue.added_to", may=may_run_issues)
def add(issue: Issue, *, by: Actor, at: datetime, editions: Sequence[Edition]) -> Issue:
    """Add drafts of the same body to an open issue, at its end."""
    issue = _open(issue)
    order = issue.entries.count()
    if order + len(editions) > MOST_ENTRIES:
        raise ActRefused(f"一期最多 {MOST_ENTRIES} 条，请另开一期。")
    for edition in editions:
        _refuse_to_add(issue, Edition.objects.select_for_update().get(pk=edition.pk))
        IssueEntry.objects.create(issue=issue, edition=edition, order=order)
        order += 1
    note(editions=[edition.pk for edition in editions])
    return issue


@act("issue.ordered", may=may_run_issues)
def arrange(issue: Issue, *, by: Actor, at: datetime, editions: Sequence[int]) -> Issue:
    """Put the members of an open issue in this order (ids of editions)."""
    issue = _open(issue)
    places = {edition: place for place, edition in enumerate(editions)}
    for entry in issue.entries.all():
        entry.order = places.get(entry.edition_id, len(places))
        entry.save(update_fields=["order"])
    note(editions=list(editions))
    return issue


@act("issue.taken_from", may=may_run_issues)
def take_out(issue: Issue, *, by: Actor, at: datetime, edition: Edition, why: str = "") -> Issue:
    """Take an edition out of an issue; out of one under review its decisions fall and the rest goes on."""
    issue = Issue.objects.select_for_update().get(pk=issue.pk)
    entry = issue.entries.filter(edition=edition).select_related("edition", "review_item").first()
    if entry is None:
        raise ActRefused("这一条已经不在本期里了。")
    if entry.edition.state not in (EditionState.DRAFT, EditionState.IN_REVIEW, EditionState.RETURNED):
        raise ActRefused(f"《{entry.edition.title}》{entry.edition.get_state_display()}，不能撤出。")
    if entry.review_item is not None:
        if not why.strip():
            raise ActRefused("审批中的条目撤出要写明原因。")
        review.remove(entry.review_item, by=by, at=at)
    entry.delete()
    Edition.objects.filter(pk=edition.pk).update(state=EditionState.DRAFT)
    note(edition=edition.pk, title=edition.title, why=why)
    return settle(issue, by=by, at=at)


@act("issue.submitted", may=may_run_issues)
def submit(issue: Issue, *, by: Actor, at: datetime) -> Issue:
    """Send an issue into the chain its body laid down for its route and kinds.

    Raises NotReady naming what each member lacks, ActRefused for a second submit or a missing chain.
    """
    issue = Issue.objects.select_for_update().get(pk=issue.pk)
    if issue.state != IssueState.OPEN:
        raise ActRefused(f"{issue}已经送审，不用再点。可以在本期页面查看办到哪一步。")
    entries = list(issue.entries.select_related("edition__disclosure__body", "edition__department"))
    if not entries:
        raise ActRefused("本期还没有内容，请先加入草稿再送审。")
    _refuse_unready([entry.edition for entry in entries], issue.route, at=at)
    chain = chain_for(issue.body, issue.route, [entry.edition.kind for entry in entries], on=at.date())
    review_made = review.start(
        Review(body=issue.body, subject=f"issue/{issue.pk}", title=f"{issue}：{issue.title}"[:200], chain=chain),
        by=by, at=at, candidates=[_candidate(entry.edition) for entry in entries],
    )  # fmt: skip
    items = {item.subject: item for item in review_made.items.all()}
    for entry in entries:
        entry.review_item = items[f"edition/{entry.edition_id}"]
        entry.save(update_fields=["review_item"])
        _enter_review(entry.edition, item_digest=entry.review_item.digest)
    issue.review, issue.state = review_made, IssueState.IN_REVIEW
    issue.save(update_fields=["review", "state"])
    note(chain=chain.name, editions={entry.edition_id: entry.edition.digest for entry in entries})
    return issue


@act("issue.submitted_alone", may=may_write)
def submit_alone(edition: Edition, *, by: Actor, at: datetime, route: str = "") -> Issue:
    """Make an issue of one draft and submit it at once."""
    chosen = route or usual_route(edition.body, edition.kind)
    issue = open_issue(edition.body, by=by, at=at, title=edition.title, route=chosen)
    add(issue, by=by, at=at, editions=[edition])
    return submit(issue, by=by, at=at)


@act("issue.resubmitted", may=may_write)
def resubmit(edition: Edition, *, by: Actor, at: datetime) -> Edition:
    """Send a returned edition back to the step it was returned to, within its issue."""
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    if edition.state != EditionState.RETURNED:
        raise ActRefused(f"这一版{edition.get_state_display()}，不在退回修改中。")
    entry = edition.entry
    _refuse_unready([edition], entry.issue.route, at=at)
    digest = digest_of(edition)
    review.resubmit(entry.review_item, by=by, at=at, digest=digest)
    _enter_review(edition, item_digest=digest)
    note(issue=entry.issue_id, digest=digest)
    return edition


@act("issue.settled", may=anyone)
def settle(issue: Issue, *, by: Actor, at: datetime) -> Issue:
    """Close an issue under review once nothing in it waits for a decision or a correction any more."""
    waiting = issue.entries.filter(edition__state__in=(EditionState.IN_REVIEW, EditionState.RETURNED)).exists()
    if issue.state == IssueState.IN_REVIEW and not waiting:
        issue.state = IssueState.DONE
        issue.save(update_fields=["state"])
        _report_up(issue, at=at)
    return issue


def _report_up(issue: Issue, *, at: datetime) -> None:
    """Send what is public up to the superior; what has a later day of its own goes up with the sweep."""
    on = at.astimezone(SHANGHAI).date()
    if filings.to_send_up(on=on).filter(pk=issue.pk).exists():
        system = Actor.system(body_code=issue.body.code, body_name=issue.body.name)
        filing.send_up(issue, by=system, at=at)


def _open(issue: Issue) -> Issue:
    found = Issue.objects.select_for_update().get(pk=issue.pk)
    if found.state != IssueState.OPEN:
        raise ActRefused(f"{found}{found.get_state_display()}，不能再调整。请另开一期。")
    return found


def _refuse_to_add(issue: Issue, edition: Edition) -> None:
    if edition.body.pk != issue.body_id:
        raise ActRefused("只能加入本单位的草稿。")
    if edition.state != EditionState.DRAFT:
        raise ActRefused(f"《{edition.title}》{edition.get_state_display()}，不能加入。")
    held = IssueEntry.objects.filter(edition=edition).select_related("issue").first()
    if held is not None:
        raise ActRefused(f"《{edition.title}》已在{held.issue}里。")


def _refuse_unready(editions: Sequence[Edition], route: str, *, at: datetime) -> None:
    lacks: dict[Edition, list[gate.Lack]] = {}
    for edition in editions:
        edition.route = route
        found = gate.lacks_of(edition, on=at.date())
        if route == "typo" and (beyond := beyond_typos(edition)):
            found.append(gate.Lack("route", f"文字更正只能改文字，这一版还改了{beyond}，请改走完整流程。"))
        if found:
            lacks[edition] = found
    if lacks:
        raise NotReady(lacks)


def _candidate(edition: Edition) -> review.Candidate:
    return review.Candidate(
        subject=f"edition/{edition.pk}", title=edition.title, digest=digest_of(edition),
        author_ids=list(edition.authors.values_list("pk", flat=True)), department_id=edition.department_id,
    )  # fmt: skip


def _enter_review(edition: Edition, *, item_digest: str) -> None:
    edition.state, edition.digest = EditionState.IN_REVIEW, item_digest
    edition.save(update_fields=["state", "digest", "route"])
