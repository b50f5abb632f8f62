"""From the page of the reply to its service, by the pages a clerk and the deciders use."""

from datetime import timedelta

import pytest
from django.utils import timezone

from gongkai.access.models import Letter
from gongkai.review.models import Decision
from gongkai.review.secrecy import without_trouble
from tests import make

pytestmark = pytest.mark.django_db


def test_a_reply_is_written_decided_sealed_and_served_by_its_pages(client):
    bureau = make.school("jyj", name="示范区教育局", kind="edu_bureau")
    make.chains(bureau)
    now = timezone.now().astimezone(make.SHANGHAI)
    case = make.request(bureau, at=now - timedelta(days=1))
    at = f"/b/jyj/requests/{case.pk}/"
    client.force_login(make.person("jyj-clerk"))
    client.post(f"{at}reply/", {"choose": "1", "outcome": "disclosed"})
    bad = client.post(f"{at}reply/", {"submit": "1", "given": ""})
    assert bad.status_code == 200
    client.post(f"{at}reply/", {"submit": "1", "given": "见附件。"})
    case.refresh_from_db()
    assert (case.state, case.outcome) == ("in_review", "disclosed")
    for username in ("jyj-office", "jyj-secrecy", "jyj-principal"):
        client.force_login(make.person(username))
        desk = client.get("/b/jyj/desk/").content.decode()
        assert f"/requests/{case.pk}/decide/" in desk
        item = case.review.items.get()
        answers = {code: said["answer"] for code, said in without_trouble().items() if isinstance(said, dict)}
        facts = {"verdict": "approve", "digest": item.digest, "opinion": "同意", "result": "publish", **answers}
        told = client.post(f"{at}decide/", facts)
        assert told.status_code == 302, told.content.decode()
    case.refresh_from_db()
    assert case.state == "decided"
    assert Decision.objects.filter(item__review=case.review).count() == 4
    client.force_login(make.person("jyj-clerk"))
    letter = Letter.objects.get()
    client.post(f"{at}do/seal/", {"letter": letter.pk})
    told = client.post(f"{at}do/serve/", {
        "letter": letter.pk, "way": "electronic", "served_on": now.date().isoformat(), "server": "王某",
    })  # fmt: skip
    case.refresh_from_db()
    assert (case.state, case.counted_outcome) == ("closed", "disclosed"), told.content.decode()
