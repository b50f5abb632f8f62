"""What follows publication in the demonstration: boards, postings, meetings, lists, reports, opinions."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from gongkai.bodies.lists import LISTS, Import
from gongkai.bodies.models import Body, Duty
from gongkai.bodies.scope import Scope
from gongkai.catalogue import sweep as catalogue_sweep
from gongkai.catalogue.actions import duties
from gongkai.catalogue.models import Obligation
from gongkai.journal.actor import Actor
from gongkai.journal.acts import act, system_only
from gongkai.journal.chain import SHANGHAI
from gongkai.journal.models import JournalEntry
from gongkai.publishing import sweep
from gongkai.publishing.actions import filing, postings
from gongkai.publishing.models import Issue, Posting, PostingState
from gongkai.reporting.actions import passage, writing
from gongkai.reporting.freezing import figures_of
from gongkai.reporting.models import AnnualReport, ReportState
from gongkai.review.progress import current_step, may_decide
from gongkai.review.secrecy import without_trouble
from gongkai.web.commands.import_lists import ROOMS
from gongkai.web.demo import replies, requests
from gongkai.web.demo.carrying import meeting_for, scopes_of

SYSTEM = Actor.system()
FINISHED = "demo.finished"
assert ROOMS  # importing the command enters the lists of every room
PLACES = {
    "board": "校门内东侧校务公开栏", "wechat": "https://mp.weixin.qq.com/s/yunxi-{n}", "qq": "各班家长群",
    "letter": "随作业本发放", "meeting": "教职工大会", "government_portal": "https://www.yunxi.example/xxgk/{n}",
}  # fmt: skip


@act(FINISHED, may=system_only)
def finish(body: Body, *, by: Actor, at: datetime) -> None:
    """Mark that the demonstration stands to its end."""


def finished(codes: set[str]) -> bool:
    """Tell whether the demonstration has been built to its end."""
    return JournalEntry.objects.filter(act=FINISHED).exists()


def follow(now: datetime, *, say: Callable[[str], None]) -> None:
    """Let the year have its consequences, as of `now`."""
    sweep.sweep(now)
    keep_boards(now)
    say(f"登记发布 {record_postings(now)} 次")
    school = Body.objects.get(code="syxx")
    hold_congress(school, now=now)
    say(f"导入上一年台账 {import_last_year(school, now=now)} 行")
    for code in ("jyj", "ezhong", "zxyey", "zyxy", "qsz"):
        bring_old_site(Body.objects.get(code=code), now=now)
    catalogue_sweep.sweep(now)
    confirm_standing(now)
    receive_filings(now)
    say(f"意见 {replies.opinions(now)} 件")
    say(f"依申请公开 {requests.requests(now)} 件")
    write_reports(school, now=now)
    finish(school, by=SYSTEM, at=now)


def keep_boards(now: datetime) -> None:
    """Enter each body's board with its own rule (a township's: at least 15 days, at least 4 issues a year)."""
    at = now - timedelta(days=400)
    for body in Body.objects.exclude(kind="edu_bureau").filter(boards=None):
        name = "政务公开栏" if body.kind == "township" else "党务公开栏" if body.is_party else "校务公开栏"
        facts = {"place": "大门内东侧", "keep_days": 15, "issues_a_year": 4, "area": "16平方米"}
        postings.keep_board(body, by=clerk_of(body, at).actor(), at=at, name=name, **facts)


def record_postings(now: datetime) -> int:
    """Record what was planned more than five days ago; the newest ones stay on the clerk's desk."""
    planned = Posting.objects.filter(state=PostingState.PLANNED).select_related("body", "disclosure")
    done = 0
    for n, posting in enumerate(planned.order_by("pk"), start=1):
        published = posting.disclosure.first_published_at if posting.disclosure else now
        if published is None or now - published < timedelta(days=5):
            continue
        at = published + timedelta(hours=5)
        place = PLACES.get(posting.channel, "已发布").format(n=n)
        board = posting.body.boards.first() if posting.channel == "board" else None
        by = clerk_of(posting.body, at).actor()
        posted_on = at.astimezone(SHANGHAI).date()
        postings.record(posting, by=by, at=at, posted_on=posted_on, place=place, board=board)
        done += 1
    return done


def hold_congress(school: Body, *, now: datetime) -> None:
    """Record the staff congress of this year and the one before."""
    for year in (now.year - 1, now.year):
        held = date(year, 5, 16)
        at = now if year < now.year else min(now, datetime(year, 5, 18, 9, 0, tzinfo=SHANGHAI))
        if held > at.date() or school.congresses.filter(held_on=held).exists():
            continue
        postings.record_congress(
            school, by=clerk_of(school, at).actor(), at=at,
            name=f"{year}年教职工代表大会暨工会会员代表大会", held_on=held, should_attend=45, attended=43,
            heard=["学校工作报告"], deliberated=[f"{year - 1}年财务收支和{year}年预算报告", "工会工作报告"],
        )  # fmt: skip


def import_last_year(school: Body, *, now: datetime) -> int:
    """Bring in last year's lists, as a school would on its first afternoon: the old site and the WeChat export."""
    year = now.year - 1
    days = [date(year, 1, 4) + timedelta(days=round(n * 2.3)) for n in range(156)]
    names = [replies.headline(n) for n in range(156)]
    posts = ["渠道,标题,发布日期,网址或位置,信息类别,公开事项"]
    posts += [f"微信公众号,{names[n]},{days[n]},https://mp.weixin.qq.com/s/old-{n},动态," for n in range(156)]
    posts += [f"视频号,{names[n]}（视频）,{days[n * 6]},https://video.example/{n},动态," for n in range(23)]
    site = ["标题,公开事项,信息类别,来源,文号,成文日期,公开日期,公开范围,渠道,网址"]
    for n in range(120):
        kind = "公告公示" if n % 6 == 0 else "动态"
        site.append(f"{names[n]},,{kind},,,,{days[n]},社会,网站,https://old.syxx.example/{n}")
    lines = 0
    for kind, rows, name in (("postings", posts, "微信和视频号导出.csv"), ("disclosures", site, "旧网站栏目.csv")):
        task = Import(kind=LISTS[kind], body=school, data="\n".join(rows).encode("gb18030"), name=name)
        lines += bring(task, by=clerk_of(school, now).actor(), at=now)
    return lines


def bring_old_site(body: Body, *, now: datetime) -> None:
    """Bring in what a body's old site shows of its catalogue: most items, some of them long ago, a few never."""
    rows = ["标题,公开事项,信息类别,来源,文号,成文日期,公开日期,公开范围,渠道,网址"]
    for n, item in enumerate(body.catalogue_items.applicable()):
        if n % 4 != 3:
            day = (now - timedelta(days=60 + 37 * n % 300)).astimezone(SHANGHAI).date()
            name = item.name.split(",")[0].split("、")[0][:40]
            rows.append(f"{name},{item.code},公告公示,,,,{day},社会,网站,https://old.{body.code}.example/{n}")
    task = Import(kind=LISTS["disclosures"], body=body, data="\n".join(rows).encode(), name="旧网站目录.csv")
    bring(task, by=clerk_of(body, now).actor(), at=now)


def bring(task: Import, *, by: Actor, at: datetime) -> int:
    """Carry an import and return its new rows; a list of the demonstration's own never has a bad row."""
    outcome = task.run(by=by, at=at, skip_bad=False)
    if outcome.listing.rejected:
        raise ValueError(outcome.listing.rejected[0])
    return outcome.imported


def confirm_standing(now: datetime) -> None:
    """Confirm, once a year as the rule asks, that what is public for long still holds (the kindergarten forgot)."""
    due = Obligation.objects.filter(met_on=None, kind="confirm", due_on__lte=now.date()).exclude(body__code="zxyey")
    for row in due.select_related("item", "body"):
        if row.item.fulfilments.exists():
            duties.confirm(row.item, by=clerk_of(row.body, now).actor(), at=now)


def receive_filings(now: datetime) -> None:
    """Let the bureau receive what was reported up more than a month ago; the newer ones wait on its desk."""
    bureau = Body.objects.get(code="jyj")
    post = bureau.posts.held(on=now.date()).filter(duty=Duty.FILING).select_related("person")[0]
    by = Scope(post.person, bureau, now.date()).actor(Duty.FILING)
    for issue in Issue.objects.filter(sent_up_at__lt=now - timedelta(days=30), received_above_at=None):
        filing.receive(issue, by=by, at=issue.sent_up_at + timedelta(days=1))


def write_reports(school: Body, *, now: datetime) -> None:
    """Finish and publish last year's report; open this year's as a draft."""
    year = now.year - 1
    at = datetime(now.year, 1, 12, 9, 0, tzinfo=SHANGHAI)
    by = clerk_of(school, at).actor()
    report = writing.open_report(school, by=by, at=at, year=year, start=date(year, 1, 1), end=date(year, 12, 31))
    if report.state == ReportState.DRAFT:
        finish_report(report, by=by, at=at, year=year)
    writing.open_report(
        school, by=clerk_of(school, now).actor(), at=now, year=now.year, start=date(now.year, 1, 1),
        end=date(now.year, 12, 31),
    )  # fmt: skip


def finish_report(report: AnnualReport, *, by: Actor, at: datetime, year: int) -> None:
    """State what no record holds, fill the blanks, freeze the report and carry it to its publication."""
    for code in [figure.code for figure in figures_of(report).values() if figure.stated]:
        writing.state_figure(report, by=by, at=at, code=code, value=0, source=f"{year}年来信来访登记簿")
    writing.redraft(report, by=by, at=at)
    for code, text in replies.LAST_YEAR.items():
        section = report.sections.get(code=code)
        writing.write_section(report, by=by, at=at, code=code, text=replies.filled(section.text, text))
    writing.freeze(report, by=by, at=at)
    passage.submit(report, by=by, at=at)
    carry_report(report, at=at)


def carry_report(report: AnnualReport, *, at: datetime) -> None:
    """Take a report through its chain with the people who may decide each step."""
    item = report.review.items.get()
    while (step := current_step(item)) is not None:
        at += timedelta(hours=2)
        who = next(s for s in scopes_of(report.body, at=at) if may_decide(s, step, item).allowed)
        passage.decide(
            report, by=who.actor(), at=at, step=step, verdict="approve", items=[item.pk],
            digests={item.pk: item.digest}, checklist=without_trouble() if step.checklist else {},
            meeting=meeting_for(step, who, at=at) if step.is_meeting else None,
        )  # fmt: skip
        report.refresh_from_db()


def clerk_of(body: Body, at: datetime) -> Scope:
    """Return the scope of a body's clerk on a day."""
    on = at.astimezone(SHANGHAI).date()
    return Scope(body.posts.held(on=on).filter(duty=Duty.CLERK)[0].person, body, on)
