"""Service of letters: which day counts, which proof is asked for, what the first service fixes."""

from datetime import date, datetime
from hashlib import sha256

import pytest

from gongkai.access.actions import closing, course, delivery, letters
from gongkai.access.letters import files_of
from gongkai.access.models import Delivery, Letter, Remedy
from gongkai.access.signing import reply_of
from gongkai.bodies.models import Body
from gongkai.journal.acts import ActRefused
from tests import make

pytestmark = pytest.mark.django_db
AT = datetime(2026, 9, 7, 9, 0, tzinfo=make.SHANGHAI)
DAY = date(2026, 9, 7)


def clerk(body):
    return make.actor(f"{body.code}-clerk", body)


@pytest.fixture
def bureau():
    return make.school("jyj", name="示范区教育局", kind="edu_bureau")


@pytest.fixture
def sealed(bureau):
    case = make.decided_reply(make.request(bureau))
    letter = reply_of(case)
    letters.seal(letter, by=clerk(bureau), at=make.AT)
    return letter


def serve(letter, *, at=AT, **facts):
    return delivery.serve(letter, by=clerk(letter.body), at=at, **facts)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"way": "pigeon", "served_on": DAY}, "请选择送达方式|请在列出的几项中选择"),
        ({"way": "in_person", "served_on": DAY}, "请填写签收人"),
        ({"way": "in_person", "signed_by": "张三丰"}, "请填写签收日期"),
        (
            {"way": "entrusted", "signed_by": "张三丰", "signed_on": date(2026, 9, 4), "served_on": DAY},
            "送达日期和签收日期不一致",
        ),
        ({"way": "post", "served_on": DAY}, "13位邮件号"),
        ({"way": "post", "served_on": DAY, "postal_number": "SF1234567890123"}, "其他快递公司的单号不能作为证明"),
        ({"way": "post", "postal_number": "EA123456789CN"}, "请填写交邮日期"),
        ({"way": "left", "served_on": DAY, "place": "示范路一号"}, "见证人"),
        ({"way": "electronic"}, "请填写发出日期"),
        ({"way": "electronic", "served_on": date(2026, 9, 8)}, "送达日期不能晚于今天"),
        ({"way": "electronic", "served_on": date(2026, 8, 31)}, "早于文书的成文日期"),
    ],
)
def test_a_service_without_its_proof_or_on_an_impossible_day_is_refused(sealed, facts, told):
    with pytest.raises(ActRefused, match=told):
        serve(sealed, **facts)
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(
    ("facts", "on"),
    [
        ({"way": "in_person", "signed_by": "张三丰", "signed_on": date(2026, 9, 3)}, date(2026, 9, 3)),
        ({"way": "post", "postal_number": "ea 123456789 cn", "served_on": date(2026, 9, 2)}, date(2026, 9, 2)),
        ({"way": "left", "served_on": DAY, "place": "示范路一号", "witness": "居委会王某"}, DAY),
        ({"way": "electronic", "served_on": DAY}, DAY),
    ],
)
def test_the_day_of_service_follows_its_way_and_closes_the_case(sealed, facts, on):
    made = serve(sealed, proof=[("回执.txt", "回执".encode())], **facts)
    case = sealed.case
    case.refresh_from_db()
    assert (made.served_on, made.server, made.proof_name) == (on, "jyj-clerk", "回执.txt")
    assert (case.state, case.served_on, case.counted_on, case.counted_outcome) == ("closed", on, on, "disclosed")
    assert case.clocks.get(kind="reply").met_on == on


def test_a_letter_is_sealed_before_it_is_served_and_once(bureau):
    case = make.decided_reply(make.request(bureau))
    letter = reply_of(case)
    with pytest.raises(ActRefused, match="还没有用印"):
        serve(letter, way="electronic", served_on=DAY)
    letters.seal(letter, by=clerk(bureau), at=AT)
    with pytest.raises(ActRefused, match="只有已签发的文书才能用印"):
        letters.seal(letter, by=clerk(bureau), at=AT)


def test_what_came_back_by_post_is_served_again_and_the_day_of_posting_stands(sealed):
    first = serve(sealed, way="post", postal_number="EA123456789CN", served_on=date(2026, 9, 2))
    delivery.fail(first, by=clerk(sealed.body), at=AT, on=date(2026, 9, 5), reason="查无此人")
    with pytest.raises(ActRefused, match="已经登记退回"):
        delivery.fail(first, by=clerk(sealed.body), at=AT, on=date(2026, 9, 5))
    serve(sealed, way="in_person", signed_by="张三丰", signed_on=DAY)
    case = sealed.case
    case.refresh_from_db()
    sealed.refresh_from_db()
    assert (case.served_on, case.counted_on, sealed.state) == (date(2026, 9, 2), date(2026, 9, 2), "served")
    assert sealed.deliveries.count() == 2


def test_an_electronic_service_that_failed_counts_from_the_next_but_is_counted_once(sealed):
    first = serve(sealed, way="electronic", served_on=date(2026, 9, 2))
    delivery.fail(first, by=clerk(sealed.body), at=AT, on=date(2026, 9, 3), reason="邮箱不存在")
    serve(sealed, way="in_person", signed_by="张三丰", signed_on=DAY)
    case = sealed.case
    case.refresh_from_db()
    assert (case.served_on, case.counted_on) == (DAY, date(2026, 9, 2))


def test_a_case_is_answered_on_the_spot(bureau):
    case = make.reply(make.request(bureau))
    assert (case.received_on, case.decided_on, case.served_on) == (make.AT.date(),) * 3


def withdrawn(case, **facts):
    return closing.withdraw(case, by=clerk(case.body), at=AT, **{"on": DAY, "note": "来电后又发来书面撤回。", **facts})


def test_a_withdrawal_closes_the_case_as_otherwise_handled(bureau):
    case = withdrawn(make.request(bureau))
    assert (case.state, case.outcome, case.counted_outcome) == (
        "closed", "other_withdrawn_transferred", "other_withdrawn_transferred",
    )  # fmt: skip
    assert (case.counted_on, case.served_on) == (DAY, None)
    with pytest.raises(ActRefused, match="已答复办结"):
        withdrawn(case)


def test_a_withdrawal_stops_the_reply_under_way(bureau):
    reviewed, signed = make.submitted_reply(make.request(bureau)), make.decided_reply(make.request(bureau))
    for case in (reviewed, signed):
        withdrawn(case)
        assert [letter.state for letter in case.letters.all()] == ["cancelled"]
    assert not reviewed.review.__class__.objects.open().exists()
    asked = make.request(bureau)
    course.ask_clarification(asked, by=clerk(bureau), at=AT, on=DAY, items="请写明年度。", days=15)
    assert "cancelled" not in [letter.state for letter in withdrawn(asked).letters.all()]


@pytest.mark.parametrize(("on", "note", "told"), [
    (date(2026, 8, 31), "来信", "早于收到申请之日"),
    (date(2026, 9, 8), "来信", "不能晚于今天"),
    (DAY, " ", "怎样撤回"),
])  # fmt: skip
def test_a_withdrawal_needs_a_possible_day_and_its_manner(bureau, on, note, told):
    with pytest.raises(ActRefused, match=told):
        withdrawn(make.request(bureau), on=on, note=note)


def remedy(case, **facts):
    told = {"kind": "reconsideration", "organ": "示范区人民政府", "filed_on": date(2026, 9, 10), "result": "corrected",
            "decided_on": date(2026, 11, 2), "orders_new_reply": True}  # fmt: skip
    return Remedy.objects.create(body=case.body, case=case, **{**told, **facts})


LOST = datetime(2026, 11, 3, 9, 0, tzinfo=make.SHANGHAI)


def test_a_lost_case_is_answered_anew_and_counted_once(bureau):
    case = make.reply(make.request(bureau), "state_secret")
    case = closing.reopen(case, by=clerk(bureau), at=LOST, remedy=remedy(case), on=LOST.date())
    assert (case.state, case.outcome, case.counted_outcome) == ("received", "", "state_secret")
    assert (case.due_on, case.served_on) == (date(2026, 12, 1), None)
    again = make.reply(case, "disclosed", at=LOST)
    assert (again.state, again.outcome, again.served_on) == ("closed", "disclosed", LOST.date())
    assert (again.counted_outcome, again.counted_on) == ("state_secret", date(2026, 9, 1))
    assert [letter.serial for letter in again.letters.order_by("pk")] == [1, 2]


def test_the_day_a_decision_sets_is_the_day_of_the_new_reply(bureau):
    case = make.reply(make.request(bureau), "state_secret")
    ordered = remedy(case, redo_by=date(2026, 11, 17))
    case = closing.reopen(case, by=clerk(bureau), at=LOST, remedy=ordered, on=LOST.date())
    assert case.due_on == date(2026, 11, 17)


def test_a_case_given_up_is_reopened_with_a_running_period(bureau):
    case = withdrawn(make.request(bureau))
    case = closing.reopen(case, by=clerk(bureau), at=LOST, remedy=remedy(case), on=LOST.date())
    assert (case.due_on, case.provisional) == (date(2026, 12, 1), False)


@pytest.mark.parametrize("facts", [{"orders_new_reply": False}, {"decided_on": None, "result": ""}])
def test_only_a_decision_that_orders_a_new_reply_reopens(bureau, facts):
    case = make.reply(make.request(bureau), "state_secret")
    with pytest.raises(ActRefused, match="才能据此重新办理"):
        closing.reopen(case, by=clerk(bureau), at=LOST, remedy=remedy(case, **facts), on=LOST.date())


def test_a_case_is_archived_once_all_letters_went_out(bureau):
    case = make.request(bureau)
    notice = letters.issue(case, "F04", by=clerk(bureau), at=make.AT, on=make.AT.date(), items="请写明年度。", days=15)
    case = make.reply(case)
    with pytest.raises(ActRefused, match="还没有送达"):
        closing.archive(case, by=clerk(bureau), at=AT)
    letters.seal(notice, by=clerk(bureau), at=AT)
    serve(notice, way="electronic", served_on=DAY)
    assert closing.archive(case, by=clerk(bureau), at=AT).state == "archived"


def test_a_party_members_case_is_filed_one_level_up():
    branch = make.school("dzb", name="示范学校党支部", kind="party_org")
    case = make.reply(make.request(branch))
    with pytest.raises(ActRefused, match="早于答复日期"):
        closing.file_up(case, by=clerk(branch), at=AT, on=date(2026, 8, 31))
    assert closing.file_up(case, by=clerk(branch), at=AT, on=DAY).filed_up_on == DAY
    with pytest.raises(ActRefused, match="已经备案"):
        closing.file_up(case, by=clerk(branch), at=AT, on=DAY)


def test_other_bodies_file_nothing_up(bureau):
    with pytest.raises(ActRefused, match="党员提出"):
        closing.file_up(make.reply(make.request(bureau)), by=clerk(bureau), at=AT, on=DAY)


def test_what_lapsed_before_a_reopening_is_not_held_against_the_requester_again(bureau):
    case = make.request(bureau)
    course.ask_clarification(case, by=clerk(bureau), at=make.AT, on=make.AT.date(), items="请写明年度。", days=5)
    case = make.reply(case, "abandoned_no_correction", at=datetime(2026, 9, 14, 9, 0, tzinfo=make.SHANGHAI))
    case = closing.reopen(case, by=clerk(bureau), at=LOST, remedy=remedy(case), on=LOST.date())
    assert case.due_on == date(2026, 12, 1)
    with pytest.raises(ActRefused, match="没有告知过补正"):
        make.submitted_reply(case, "abandoned_no_correction", at=LOST)
    assert make.reply(case, at=LOST).state == "closed"


def test_a_sealed_letter_keeps_the_files_it_was_sealed_with(sealed):
    sealed.refresh_from_db()
    word, paper = files_of(sealed)
    Body.objects.filter(pk=sealed.body_id).update(name="改了名的教育局")
    again = Letter.objects.get(pk=sealed.pk)
    assert files_of(again) == (word, paper)
    assert sha256(paper).hexdigest() == again.pdf_sha256
