"""Words of the demonstration: headlines of last year's lists, the finished report's own sentences, opinions."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from gongkai.bodies.models import Body, Duty
from gongkai.bodies.scope import Scope
from gongkai.feedback import actions
from gongkai.feedback.models import Opinion
from gongkai.journal.actor import Actor
from gongkai.journal.chain import SHANGHAI
from gongkai.publishing.models import Disclosure
from gongkai.reporting.drafting import BLANK

PLACES = ("一年级", "二年级", "三年级", "四年级", "五年级", "六年级", "教师团队", "家长委员会", "少先队", "图书馆")
DOINGS = (
    "走进社区开展志愿服务", "举行朗读比赛", "参加区运动会", "开展安全演练", "举办科技小制作展", "观看爱国主义电影",
    "进行劳动实践", "开展心理健康主题班会", "举行拔河比赛", "参观云溪博物馆", "开放公开课", "评选文明班级",
)  # fmt: skip
LAST_YEAR = {
    "overview": ("《云溪区实验小学信息公开责任制度》由校办公室负责解释，全年没有发生泄密和失实。",),
    "requests": (),
    "problems": (
        "一是个别处室送审偏晚；二是家长更希望在手机上看到食堂账目。",
        "每月5日前公布上月食堂账目，并在微信公众号同步。",
    ),
}


def headline(n: int) -> str:
    """Return the n-th headline of last year's lists, each one different."""
    return f"{PLACES[n % len(PLACES)]}{DOINGS[(n // len(PLACES)) % len(DOINGS)]}({n + 1})"


def filled(text: str, words: tuple[str, ...]) -> str:
    """Return a drafted section with its marked blanks filled by these words, in order."""
    for sentence in words:
        text = BLANK.sub(sentence, text, count=1)
    return text


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One opinion of the demonstration: days ago, where it came from, and its answer ("" = still open)."""

    ago: int
    channel: str
    kind: str
    title: str
    text: str
    about: str = ""
    answer: str = ""
    question: str = ""


LETTERS = (
    Letter(
        ago=190, channel="box", kind="opinion", title="食堂三楼排队太久", text="孩子说三楼打饭要排二十分钟。",
        answer="已增加一个窗口，四至六年级错峰10分钟用餐。", question="食堂三楼用餐排队时间长怎么解决？",
    ),
    Letter(
        ago=95, channel="phone", kind="enquiry", title="转学需要什么材料", text="户口迁到书院街，想转入三年级。",
        answer="请持户口簿、居住证明到教务处登记，3个工作日内答复；学位已满时由区教育局统筹。",
        question="户口迁入学区后怎样办理转入？",
    ),
    Letter(
        ago=40, channel="web", kind="opinion", title="9月食堂账目的人次写得不清楚", about="9月食堂收支情况",
        text="收入一栏只写人次，没有写教师陪餐是否计入。",
        answer="教师陪餐另行记账，不计入学生餐费。已在11月账目中单列说明。",
        question="食堂收支表中的人次是否包括教师？",
    ),
    Letter(
        ago=21, channel="phone", kind="report", title="反映个别班级订阅刊物", text="有老师在群里推荐订阅报刊。",
        answer="经核实为家长自发推荐，学校已在全校重申自愿原则并约谈该班班主任。",
    ),
    Letter(ago=5, channel="web", kind="opinion", title="希望公布校车线路", text="新学期线路调整后没有看到通知。"),
    Letter(
        ago=3, channel="web", kind="objection", title="对聘任公示的疑问", about="岗位聘任结果公示",
        text="请说明专业技术十级的评分构成。",
    ),
)  # fmt: skip


def opinions(now: datetime) -> int:
    """Enter the primary school's opinions, answer most of them, open some of the answers; returns how many."""
    school = Body.objects.get(code="syxx")
    for letter in LETTERS:
        at = now - timedelta(days=letter.ago)
        _answered(_received(school, letter, at=at), letter, at=at)
    return len(LETTERS)


def _received(school: Body, letter: Letter, *, at: datetime) -> Opinion:
    about = None
    if letter.about:
        about = Disclosure.objects.of(school).filter(current__title__contains=letter.about).first()
    if letter.channel == "web":
        public = Actor.public(body_code=school.code, body_name=school.name)
        return actions.receive(
            school, by=public, at=at, title=letter.title, text=letter.text, kind=letter.kind, about=about,
            writer_name="李女士", writer_contact="0799-8000000",
        )  # fmt: skip
    clerk = _clerk(school, at)
    return actions.enter(
        school, by=clerk, at=at, channel=letter.channel, received_on=at.astimezone(SHANGHAI).date(),
        title=letter.title, text=letter.text, kind=letter.kind, about=about,
    )  # fmt: skip


def _answered(opinion: Opinion, letter: Letter, *, at: datetime) -> None:
    if not letter.answer:
        return
    later = at + timedelta(days=2)
    clerk = _clerk(opinion.body, later)
    department = opinion.body.departments.filter(name="总务处").first()
    opinion = actions.assign(opinion, by=clerk, at=at + timedelta(hours=3), department=department, handler=None)
    opinion = actions.answer(opinion, by=clerk, at=later, text=letter.answer)
    if letter.question:
        opinion = actions.open_answer(opinion, by=clerk, at=later, public_question=letter.question)
    actions.close(opinion, by=clerk, at=later + timedelta(days=1))


def _clerk(school: Body, at: datetime) -> Actor:
    on = at.astimezone(SHANGHAI).date()
    return Scope(school.posts.held(on=on).filter(duty=Duty.CLERK)[0].person, school, on).actor()
