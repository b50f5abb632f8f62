"""A small district for browser tests: a bureau, a school with something in every state, a kindergarten."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from gongkai.access.actions import consulting, course
from gongkai.bodies.actions import admit
from gongkai.bodies.models import Body, Duty
from gongkai.catalogue.actions import choose_rule
from gongkai.feedback.actions import answer, open_answer, receive
from gongkai.journal.actor import Actor
from gongkai.journal.chain import SHANGHAI
from gongkai.publishing.actions import release
from gongkai.publishing.actions.postings import enter, keep_board, record
from gongkai.publishing.models import Posting, PostingState
from gongkai.reporting.actions import writing
from gongkai.web.demo.build import equip
from tests import make

TABLE = (
    "<p>本月食堂收支情况公布如下。</p><table><tbody><tr><th>项目</th><th>金额（元）</th></tr>"
    "<tr><td>伙食费收入</td><td>182,400.00</td></tr><tr><td>食材支出</td><td>176,912.50</td></tr></tbody></table>"
)


def days_ago(days: int) -> datetime:
    """Return ten in the morning in China, so many days before today."""
    day = (timezone.now() - timedelta(days=days)).astimezone(SHANGHAI)
    return day.replace(hour=10, minute=0, second=0, microsecond=0)


def bodies() -> tuple[Body, Body]:
    """Found the bureau with its supervisor and the equipped school below it; return both."""
    bureau = make.body("sfq", name="示范区教育局", kind="edu_bureau")
    make.post(bureau, "sfq-super", Duty.SUPERVISOR, title="信息公开科科长")
    make.post(bureau, "sfq-clerk", Duty.CLERK)
    make.post(bureau, "sfq-principal", Duty.SIGNER)
    school = make.school(
        parent=bureau, address="示范区书院路 1 号", phone="0571-5550 1234", office_hours="工作日 8:30–17:00"
    )
    equip(school, at=make.AT)
    make.body("xingxing", name="示范区星星幼儿园", kind="kindergarten", parent=bureau)
    return bureau, school


def item(school: Body, words: str):
    """Return the school's first catalogue item whose name holds these words."""
    return school.catalogue_items.filter(name__contains=words).order_by("code").first()


def disclosures(school: Body) -> None:
    """Publish, restrict, send back, withdraw, leave waiting and leave as drafts."""
    make.published(
        school, title="2026年10月食堂收支公示", html=TABLE, items=[item(school, "用餐")], at=days_ago(20),
        kind="finance", channels=["site", "board", "wechat"], summary="十月份食堂收入与支出。",
    )  # fmt: skip
    make.published(school, title="校园一周动态（第9周）", at=days_ago(12))
    make.published(school, title="关于家长会的说明", at=days_ago(10), audiences=["PAR"])
    wrong = make.published(school, title="发错的值班安排", at=days_ago(9))
    release.withdraw(
        wrong.disclosure, by=make.actor("shiyan-secrecy", school), at=days_ago(8), reason="wrong", why="表格发错"
    )
    waiting = make.draft(
        school, title="岗位聘任结果公示", at=days_ago(3), kind="notice", notice_last_on=days_ago(-9).date()
    )
    make.issue(school, waiting, make.draft(school, title="冬季作息时间", at=days_ago(3)), at=days_ago(2))
    make.draft(school, title="还没有写完的稿子", at=days_ago(1))
    make.draft(school, title="带着电话的稿子", at=days_ago(1), html="<p>联系家长张三，手机 13812345678。</p>")


def postings(school: Body) -> None:
    """Keep a board, record one planned posting, enter one made elsewhere."""
    clerk = make.actor("shiyan-clerk", school)
    board = keep_board(school, by=clerk, at=days_ago(19), name="校门口公开栏", place="南门内侧")
    planned = Posting.objects.of(school).filter(channel="board", state=PostingState.PLANNED).first()
    record(planned, by=clerk, at=days_ago(18), posted_on=days_ago(19).date(), board=board)
    enter(
        school, by=clerk, at=days_ago(5), channel="wechat", title="读书月活动报道", posted_on=days_ago(6).date(),
        place="https://example.invalid/wx/1",
    )  # fmt: skip


def opinions(school: Body) -> None:
    """Take in a letter that waits, and one whose answer is public."""
    clerk, citizen = make.actor("shiyan-clerk", school), Actor.system()
    receive(school, by=citizen, at=days_ago(4), title="放学时校门口拥堵", text="希望错峰放学。")
    asked = receive(school, by=citizen, at=days_ago(9), title="午餐价格", text="午餐为什么涨价?")
    answered = answer(asked, by=clerk, at=days_ago(7), text="水果供应增加,每餐多五角,已公布明细。")
    open_answer(answered, by=clerk, at=days_ago(7), public_question="午餐价格为什么调整?")


def report(school: Body) -> None:
    """Begin the report of the year."""
    year = days_ago(0).year
    start, end = date(year, 1, 1), date(year, 12, 31)
    writing.open_report(school, by=make.actor("shiyan-clerk", school), at=days_ago(1), year=year, start=start, end=end)


def parent(school: Body) -> None:
    """Admit a parent, who reads what is meant for parents."""
    by, reader = make.actor("shiyan-manager", school), make.person("shiyan-parent", "家长")
    admit(school, by=by, at=days_ago(30), person=reader, audience="PAR", until_on=date(2100, 1, 1))


def requests(school: Body) -> None:
    """Take in requests: one to confirm, one in hand, one consulted about, one in review, one answered."""
    choose_rule(school, by=make.SYSTEM, at=days_ago(40), record="K-REPLY-20", kind="answer")
    clerk = make.actor("shiyan-clerk", school)
    answered = make.request(school, at=days_ago(30), title="食堂满意度调查结果")
    make.reply(answered, at=days_ago(25))
    make.request(school, at=days_ago(1), title="校车线路", channel="email")
    held = make.request(school, at=days_ago(9), title="校服采购合同")
    course.assign(held, by=clerk, at=days_ago(8), handler=make.person("shiyan-clerk"))
    asked = make.request(school, at=days_ago(8), title="食堂配送合同")
    consulting.consult(
        asked, by=clerk, at=days_ago(6), kind="third_party", addressee="示范区配送公司", about="报价明细",
        on=days_ago(6).date(),
    )  # fmt: skip
    make.submitted_reply(make.request(school, at=days_ago(7), title="体育场地开放办法"), at=days_ago(3))


def district() -> None:
    """Build the whole small district."""
    _, school = bodies()
    disclosures(school)
    postings(school)
    opinions(school)
    requests(school)
    report(school)
    parent(school)
