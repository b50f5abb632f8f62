"""What stands for each parameter of an address: an object of a foreign body, or sample words.

A parameter name that is not listed here fails the walk: whoever adds a page says what a foreign object is.
"""

from collections.abc import Callable
from datetime import date

from gongkai.access.models import CorrectionClaim, Letter, Remedy, Requester, RequestFile
from gongkai.bodies.models import Absence, Body, Post, ReaderException, Term
from gongkai.catalogue.models import CatalogueItem
from gongkai.feedback.models import Opinion
from gongkai.publishing.models import (
    Attachment,
    Board,
    Congress,
    ContentFinding,
    Edition,
    Posting,
    Proof,
)
from gongkai.reporting.models import AnnualReport
from gongkai.review import actions as reviews
from gongkai.review.models import Chain, Meeting, Review
from tests import make

Found = Callable[[Body], int]


def person(body: Body) -> int:
    return Post.objects.filter(body=body).order_by("pk")[0].person_id


def post(body: Body) -> int:
    return Post.objects.filter(body=body).order_by("pk")[0].pk


def absence(body: Body) -> int:
    return Absence.objects.create(body=body, person_id=person(body), from_on=date(2026, 1, 1)).pk


def exception(body: Body) -> int:
    facts = {"reader_id": person(body), "group": "secrecy", "reason": "人少", "from_on": date(2026, 1, 1)}
    return ReaderException.objects.create(body=body, **facts).pk


def term(body: Body) -> int:
    dates = {"starts_on": date(2025, 2, 1), "ends_on": date(2025, 7, 1)}
    return Term.objects.create(body=body, name="2025年春季学期", **dates).pk


def item(body: Body) -> int:
    return CatalogueItem.objects.create(body=body, code="OWN-99", name="别校的事项", adopted_on=date(2026, 1, 1)).pk


def edition(body: Body) -> int:
    return make.draft(body, title="别校的草稿").pk


def disclosure(body: Body) -> int:
    return Edition.objects.get(pk=edition(body)).disclosure_id


def rendition(body: Body) -> int:
    return Edition.objects.get(pk=edition(body)).renditions.all()[0].pk


def attachment(body: Body) -> int:
    rendition = Edition.objects.get(pk=edition(body)).renditions.first()
    return Attachment.objects.create(rendition=rendition, name="名单.xlsx", sha256="0" * 64, size=1, media="xlsx").pk


def finding(body: Body) -> int:
    facts = {"code": "resident_id", "kind": "resident_id", "severity": "error", "where": "正文", "message": "身份证号"}
    return ContentFinding.objects.create(edition_id=edition(body), fingerprint="1", **facts).pk


def issue(body: Body) -> int:
    return make.issue(body, make.draft(body, title="别校的稿件")).pk


def posting(body: Body) -> int:
    return Posting.objects.create(body=body, channel="wechat", title="别校的推文", posted_on=date(2026, 1, 5)).pk


def proof(body: Body) -> int:
    facts = {"name": "照片.jpg", "sha256": "0" * 64, "size": 1, "media": "jpg", "added_at": make.AT}
    return Proof.objects.create(posting_id=posting(body), **facts).pk


def board(body: Body) -> int:
    return Board.objects.create(body=body, name="别校的公告栏").pk


def congress(body: Body) -> int:
    return Congress.objects.create(body=body, name="别校的教代会", held_on=date(2026, 1, 5)).pk


def opinion(body: Body) -> int:
    facts = {"number": f"{body.code}-X1", "channel": "site", "received_on": date(2026, 1, 5), "recorded_at": make.AT}
    return Opinion.objects.create(body=body, title="别校的意见", text="别校的意见", **facts).pk


def case(body: Body) -> int:
    return make.request(body, title="别校的申请").pk


def letter(body: Body) -> int:
    facts = {"kind": "F04", "title": "别校的告知书", "text": "别校的文书", "drafted_at": make.AT}
    return Letter.objects.create(body=body, case_id=case(body), **facts).pk


def file(body: Body) -> int:
    facts = {"name": "别校的材料.pdf", "sha256": "0" * 64, "size": 1, "media": "pdf", "at": make.AT}
    return RequestFile.objects.create(case_id=case(body), **facts).pk


def report(body: Body) -> int:
    facts = {"family": "k12", "year": 2020, "start_on": date(2020, 1, 1), "end_on": date(2020, 12, 31)}
    return AnnualReport.objects.create(
        body=body, title="别校的年报", created_by_id=person(body), created_at=make.AT, **facts
    ).pk


def chain(body: Body) -> int:
    found = Chain.objects.filter(body=body).first()
    return found.pk if found else reviews.adopt_default_chains(body, by=make.SYSTEM, at=make.AT)[0].pk


def review(body: Body) -> int:
    facts = {"subject": "issue/0", "title": "别校的送审", "started_at": make.AT, "started_by_id": person(body)}
    return Review.objects.create(body=body, chain_id=chain(body), **facts).pk


def meeting(body: Body) -> int:
    facts = {"should_attend": 5, "attended": 4, "in_favour": 4, "minutes_sha256": "0" * 64, "minutes_name": "纪要.jpg"}
    return Meeting.objects.create(body=body, name="别校的会议", held_on=date(2026, 1, 5), **facts).pk


def step(body: Body) -> int:
    made = Review.objects.get(pk=review(body))
    return made.steps.create(order=1, role="secrecy", kind="person", name="保密审查").pk


def remedy(body: Body) -> int:
    facts = {"kind": "reconsideration", "organ": "示范区人民政府", "filed_on": date(2026, 1, 5)}
    return Remedy.objects.create(body=body, **facts).pk


def claim(body: Body) -> int:
    requester = Requester.objects.create(body=body, kind="np", name="别校的人")
    facts = {"year": 2026, "record": "别校的名单", "wrong": "年级", "evidence": "证明", "received_on": date(2026, 1, 5)}
    return CorrectionClaim.objects.create(
        body=body, serial=body.correction_claims.count() + 1, requester=requester, recorded_at=make.AT, **facts
    ).pk


OBJECTS: dict[str, Found] = {
    "absence": absence,
    "attachment": attachment,
    "board": board,
    "case": case,
    "chain": chain,
    "claim": claim,
    "congress": congress,
    "disclosure": disclosure,
    "edition": edition,
    "exception": exception,
    "file": file,
    "finding": finding,
    "issue": issue,
    "item": item,
    "letter": letter,
    "meeting": meeting,
    "opinion": opinion,
    "person": person,
    "post": post,
    "posting": posting,
    "proof": proof,
    "remedy": remedy,
    "rendition": rendition,
    "report": report,
    "review": review,
    "step": step,
    "term": term,
}
WORDS: dict[str, tuple[str, ...]] = {
    "act": ("assign", "ask_clarification", "consult", "split", "notify_fee", "correct_event", "withdraw"),
    "code": ("proactive.total",),
    "figure": ("proactive.total",),
    "file": ("名单.xlsx",),
    "form": ("docx", "pdf"),
    "kind": ("people", "postings", "F01", "F25"),
    "key": ("requests", "20.1"),
    "part": ("print.html",),
    "section": ("overview",),
    "step": ("freeze",),
    "verb": ("withdraw", "revise", "effect", "outside", "seal", "serve"),
    "year": ("2025",),
}
