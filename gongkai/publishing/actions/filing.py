"""Acts after an issue is done: sent up to the superior, received there, filed in the archive."""

from datetime import date, datetime
from typing import Any

from gongkai.bodies.models import Body, BodyLink, Duty, in_force
from gongkai.bodies.policy import OFFICE, holds
from gongkai.bodies.scope import duties_of
from gongkai.journal.actor import Actor
from gongkai.journal.acts import ActRefused, NotAllowed, act, note
from gongkai.journal.chain import SHANGHAI
from gongkai.publishing.filings import ENDED
from gongkai.publishing.models import EditionState, Issue, IssueState

office = holds(*OFFICE)
RECEIVERS = (Duty.FILING, Duty.SUPERVISOR, Duty.OFFICE_HEAD)


def may_receive(by: Actor, issue: Issue, *, on: date) -> None:
    """Allow those who receive filings in a body directly above the issue's own."""
    above = Body.objects.filter(child_links__in=BodyLink.objects.filter(in_force(on), child=issue.body))
    body = above.filter(code=by.body_code).first()
    if body is None or duties_of(by.person_id, body, on=on).isdisjoint(RECEIVERS):
        raise NotAllowed("备案由上一级单位的备案接收人、监督员或办公室负责人接收。")


@act("issue.sent_up", may=office)
def send_up(issue: Issue, *, by: Actor, at: datetime) -> Issue:
    """Report a published issue to the superior (报备); nothing waits for the receipt."""
    issue = Issue.objects.select_for_update().get(pk=issue.pk)
    if issue.state not in ENDED:
        raise ActRefused(f"{issue}{issue.get_state_display()}，办结公开以后再报备。")
    if issue.sent_up_at is not None:
        raise ActRefused(f"{issue}已经报备过，不用再报。")
    if not BodyLink.objects.filter(in_force(at.astimezone(SHANGHAI).date()), child=issue.body).exists():
        raise ActRefused("平台上没有登记本单位的上级，无处报备。请联系单位管理员登记隶属关系。")
    issue.sent_up_at = at
    issue.save(update_fields=["sent_up_at"])
    published = issue.entries.filter(edition__published_at__isnull=False)
    note(issue=str(issue), editions={e.edition_id: e.edition.digest for e in published.select_related("edition")})
    return issue


@act("issue.received_above", may=may_receive)
def receive(issue: Issue, *, by: Actor, at: datetime) -> Issue:
    """Receive a reported issue (接收备案)."""
    issue = Issue.objects.select_for_update().get(pk=issue.pk)
    if issue.sent_up_at is None:
        raise ActRefused("这一期还没有报备。")
    if issue.received_above_at is not None:
        raise ActRefused(f"这一期已由{issue.received_above_by}接收，不用再点。")
    issue.received_above_at = at
    issue.received_above_by = f"{by.body_name} {by.person_name}"[:80]
    issue.save(update_fields=["received_above_at", "received_above_by"])
    note(issue=str(issue), of_body=issue.body.code)
    return issue


@act("issue.filed", may=office)
def file(issue: Issue, *, by: Actor, at: datetime, contents: list[Any]) -> Issue:
    """File a finished issue in the archive: its contents list (path and digest) goes into the journal."""
    issue = Issue.objects.select_for_update().get(pk=issue.pk)
    if issue.state != IssueState.DONE:
        raise ActRefused(f"{issue}{issue.get_state_display()}，办结以后才能归档。")
    if issue.entries.filter(edition__state=EditionState.APPROVED).exists():
        raise ActRefused("本期还有定日公开的内容没有公开，公开以后再归档。")
    issue.state = IssueState.FILED
    issue.save(update_fields=["state"])
    note(issue=str(issue), contents=[[item.path, item.sha256] for item in contents])
    return issue
