"""What could be more public: refusals looked at every year, what several asked for, the log without names."""

from datetime import UTC, date, datetime

import pytest
from django.conf import settings

from gongkai.access import openness as reads
from gongkai.access.actions import openness
from gongkai.access.models import LogEntry
from gongkai.journal import outbox
from gongkai.journal.acts import ActRefused
from tests import make

pytestmark = pytest.mark.django_db
AT = datetime(2026, 9, 1, 2, tzinfo=UTC)


@pytest.fixture
def bureau():
    return make.school("jyj", name="示范区教育局", kind="edu_bureau")


def clerk(body):
    return make.actor("jyj-clerk", body)


def page(bureau):
    outbox.drain()
    return (settings.PUBLIC_ROOT / "g" / bureau.code / "requests" / "index.html").read_text(encoding="utf-8")


def test_the_log_shows_the_offices_words_and_never_the_requester(bureau):
    case = make.reply(make.request(bureau, at=AT, name="欧阳海棠", wanted="欧阳海棠想要预算"), at=AT)
    openness.open_log(case, by=clerk(bureau), at=AT, question="申请公开2025年度预算执行情况", answer="已全部提供。")
    shown = page(bureau)
    assert "申请公开2025年度预算执行情况" in shown
    assert "已全部提供。" in shown
    assert "欧阳海棠" not in shown
    openness.shut_log(case, by=clerk(bureau), at=AT)
    assert "申请公开2025年度预算执行情况" not in page(bureau)


@pytest.mark.parametrize("leak", ["欧阳海棠申请预算", "打13800000001问过的预算"])
def test_a_summary_that_names_the_requester_is_refused(bureau, leak):
    case = make.reply(make.request(bureau, at=AT, name="欧阳海棠"), at=AT)
    with pytest.raises(ActRefused, match="姓名或联系方式"):
        openness.open_log(case, by=clerk(bureau), at=AT, question=leak, answer="")
    assert not LogEntry.objects.exists()


def test_an_open_case_has_no_log(bureau):
    with pytest.raises(ActRefused, match="不能公开办理摘要"):
        openness.open_log(
            make.request(bureau, at=AT), by=clerk(bureau), at=AT, question="申请公开预算", answer=""
        )  # fmt: skip


def test_only_refusals_are_evaluated_each_once_a_year(bureau):
    given = make.reply(make.request(bureau, at=AT, name="甲子"), at=AT)
    refused = make.reply(make.request(bureau, at=AT, name="乙丑"), "internal_affairs", at=AT)
    assert reads.refusals(bureau, until=date(2026, 12, 31)) == [refused]
    facts = {"year": 2026, "reasons": "制度已经印发，不再是内部事务"}
    with pytest.raises(ActRefused, match="只评估"):
        openness.check_refusal(given, by=clerk(bureau), at=AT, verdict="open", **facts)
    openness.check_refusal(refused, by=clerk(bureau), at=AT, verdict="keep", **facts)
    again = openness.check_refusal(refused, by=clerk(bureau), at=AT, verdict="open", **facts)
    assert refused.refusal_checks.get() == again
    edition = openness.make_proactive(refused, by=clerk(bureau), at=AT, title="内部考核制度")
    assert edition.state == "draft"
    again.refresh_from_db()
    assert again.opened_as_id == edition.disclosure_id


def test_what_three_people_ask_for_is_proposed_and_one_person_three_times_is_not(bureau):
    for n, name in enumerate(("甲子", "乙丑", "丙寅")):
        make.request(bureau, at=AT, name=name, phone=f"1380000001{n}", title=f"2025年教师招聘面试成绩{n}")
    for _ in range(3):
        make.request(bureau, at=AT, name="丁卯", phone="13900000009", title="校车运行线路安排")
    found = reads.often_wanted(bureau, start=date(2026, 1, 1), end=date(2026, 12, 31))
    assert [(one.title, one.people) for one in found] == [("2025年教师招聘面试成绩0", 3)]
