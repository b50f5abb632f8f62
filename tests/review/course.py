"""Reviews to test with."""

from gongkai.review.actions import Candidate, start
from gongkai.review.models import Chain, Review
from tests import make


def digest(n: int) -> str:
    return f"{n:064x}"


def begin(body, *titles, route="full", author="", department="教务处", at=make.AT, by=""):
    """Send items titled so through a chain of the body; the author defaults to its editor."""
    if not Chain.objects.of(body).exists():
        make.chains(body)
    writer = make.Person.objects.get(username=author or f"{body.code}-editor")
    where = body.departments.filter(name=department).first()
    candidates = [
        Candidate(
            subject=f"edition/{n}", title=title, digest=digest(n), author_ids={writer.pk},
            department_id=where.pk if where else None,
        )
        for n, title in enumerate(titles or ("收费公示",), start=1)
    ]  # fmt: skip
    chain = Chain.objects.for_route(body, route, on=at.date())
    review = Review(body=body, subject="issue/1", title="第1期", chain=chain)
    return start(review, by=make.actor(by or writer.username, body), at=at, candidates=candidates)


def items(review):
    return list(review.items.all())


def step(review, role):
    return review.steps.get(role=role)
