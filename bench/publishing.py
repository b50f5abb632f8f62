"""From the last signature to the public page, from withdrawal to nothing left, and the whole site written anew."""

from collections.abc import Iterator
from pathlib import Path
from statistics import median

from django.conf import settings

from bench.chinese import Writer
from bench.figure import Figure, percentile, size, watch
from gongkai.bodies.models import Body
from gongkai.portal.models import PageRecord
from gongkai.portal.rebuild import rebuild
from gongkai.publishing.actions import release
from gongkai.publishing.models import Issue
from tests import make


def text(writer: Writer) -> str:
    """Return the HTML of a notice of about five hundred characters with a small table."""
    rows = "".join(f"<tr><td>第{n}项</td><td>{n * 1234}.00</td></tr>" for n in range(1, 11))
    return f"<p>{writer.text(12)}</p><table><tbody><tr><th>项目</th><th>金额</th></tr>{rows}</tbody></table>"


def standing(code: str, count: int) -> Body:
    """Found a school that has published so many disclosures in one issue."""
    school, writer = make.school(code), Writer(5, stock=500)
    drafts = [make.draft(school, title=f"{writer.title()}第{n}号", html=text(writer)) for n in range(count)]
    make.carry(make.issue(school, *drafts))
    return school


def files_with(words: bytes) -> list[Path]:
    """Return the files of the public site that hold these words."""
    return [path for path in settings.PUBLIC_ROOT.rglob("*") if path.is_file() and words in path.read_bytes()]


def waiting_for_the_last_step(school: Body, writer: Writer, *, items: int = 1, title: str = "") -> Issue:
    """Submit an issue and decide every step but the last."""
    drafts = [make.draft(school, title=title or writer.title(), html=text(writer)) for _ in range(items)]
    issue = make.issue(school, *drafts)
    last = issue.review.steps.order_by("order").last()
    return make.carry(issue, until=last.role if last else "")


def run() -> Iterator[Figure]:
    """Publish and withdraw one by one in a site that stands already, then write the site anew."""
    count, n = size("PUBLISHED", 40), size("TURNS", 8)
    school, writer = standing("bench-publish", count), Writer(6, stock=500)
    seen, gone = [], []
    for number in range(n):
        title = f"量度用信息第{number}号"
        issue = waiting_for_the_last_step(school, writer, title=title)
        step = issue.review.steps.order_by("order").last()
        with watch() as spent:
            make.decide_step(issue, step)
        if not files_with(title.encode()):
            raise AssertionError("decided, but no page of the public site shows it")
        seen.append(spent.wall)
        disclosure = issue.entries.get().edition.disclosure
        with watch() as spent:
            release.withdraw(disclosure, by=make.actor("bench-publish-secrecy", school), at=make.AT, reason="wrong")
        if files_with(title.encode()):
            raise AssertionError("withdrawn, but a file of the public site still shows it")
        gone.append(spent.wall)
    what = f"of one of {count} disclosures: page, lists, home, feed, site map, search, journal; p50 of {n}"
    yield Figure(
        name="publish.visible", value=median(seen), unit="s", n=n, budget=1, what=f"last signature to all files {what}",
    )  # fmt: skip
    yield Figure(name="publish.visible.p99", value=percentile(seen, 99), unit="s", n=n, budget=1, what="the same, p99")
    yield Figure(
        name="withdraw.gone", value=median(gone), unit="s", n=n, budget=1,
        what=f"withdrawal to no file that names it {what}",
    )  # fmt: skip
    for path in settings.PUBLIC_ROOT.rglob("*.html"):
        path.unlink()
    with watch() as spent:
        rebuild()
    pages = PageRecord.objects.filter(path__endswith=".html").count()
    yield Figure(
        name="portal.pages", value=pages / spent.cpu, unit="pages/s of CPU", n=pages,
        what="rebuild() of the whole public site: rendered, written, synced, compared with the manifest",
    )  # fmt: skip
