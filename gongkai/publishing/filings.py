"""Which issues go up to the superior by themselves, and what the superior may read of them."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from gongkai.bodies.models import Body, BodyLink, in_force
from gongkai.publishing.models import Edition, EditionState, Issue, IssueEntry, IssueState, Standing
from gongkai.review.models import Route

ENDED = (IssueState.DONE, IssueState.FILED)
ROUTES = (Route.FULL, Route.PARTY)


def to_send_up(*, on: date) -> QuerySet[Issue]:
    """Keep the issues of the long chains that are wholly public, have a superior and were not sent up yet."""
    pending = IssueEntry.objects.filter(edition__state=EditionState.APPROVED).values("issue")
    public = IssueEntry.objects.filter(edition__published_at__isnull=False).values("issue")
    below = BodyLink.objects.filter(in_force(on)).values("child")
    waiting = Issue.objects.filter(state__in=ENDED, route__in=ROUTES, sent_up_at=None, body__in=below)
    return waiting.filter(pk__in=public).exclude(pk__in=pending).select_related("body").order_by("pk")


def arrived_at(body: Body, *, on: date) -> QuerySet[Issue]:
    """Keep the issues that bodies directly below have sent up to this body."""
    below = BodyLink.objects.filter(in_force(on), parent=body).values("child")
    found = Issue.objects.filter(body__in=below).exclude(sent_up_at=None).select_related("body")
    return found.prefetch_related("entries__edition__disclosure", "entries__edition__renditions")


def summary(issue: Issue) -> dict[str, Any]:
    """Return an issue with what the superior may read: what society reads; of the rest only the number."""
    entries = issue.entries.filter(edition__published_at__isnull=False).select_related("edition__disclosure")
    editions = [entry.edition for entry in entries.prefetch_related("edition__renditions")]
    shown = [one for one in editions if _open_to_society(one)]
    return {"issue": issue, "title": title_above(issue), "shown": shown, "inner": len(editions) - len(shown)}


def title_above(issue: Issue) -> str:
    """Return an issue's title as the superior may read it: none where it holds more than society reads.

    An issue of one disclosure bears the disclosure's title.
    """
    published = [entry.edition for entry in issue.entries.all() if entry.edition.published_at is not None]
    return issue.title if published and all(_open_to_society(one) for one in published) else ""


def _open_to_society(edition: Edition) -> bool:
    withdrawn = edition.disclosure.standing == Standing.WITHDRAWN
    return not withdrawn and any(rendition.for_society for rendition in edition.renditions.all())
