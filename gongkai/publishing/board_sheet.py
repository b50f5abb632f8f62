"""The printed sheet for the board: a disclosure with its period, those responsible, ways to answer back, QR."""

from datetime import date
from typing import Any

from gongkai.bodies.models import Body
from gongkai.documents.writing.blocks import as_data, from_html
from gongkai.documents.writing.pdf import render_pdf
from gongkai.documents.writing.qr import qr_svg
from gongkai.publishing.models import Board, Disclosure, Edition, Standing
from gongkai.review.models import Decision, Verdict

RESPONSIBLE = (("leading", "领导小组审议"), ("supervision", "监督小组审查"), ("signature", "签发"))


def board_sheet(disclosure: Disclosure, *, paper: str, board: Board | None, on: date, site_url: str) -> bytes:
    """Render the sheet of a published disclosure as PDF; paper is a4 or a3."""
    edition = disclosure.current
    rendition = edition.renditions.filter(for_society=True).first() or edition.renditions.first()
    page = f"{site_url}/g/{disclosure.body.code}/d/{disclosure.public_id}/"
    on_site = disclosure.standing == Standing.PUBLISHED and rendition.for_society
    entry = getattr(edition, "entry", None)
    return render_pdf(
        "board_sheet",
        {
            "paper": paper, "body_name": disclosure.body.name, "issue": str(entry.issue) if entry else "",
            "title": edition.title, "blocks": as_data(from_html(rendition.html)),
            "index_number": disclosure.index_number, "basis": basis_of(edition),
            "period": _period(edition, board, on), "responsible": _responsible(edition),
            "feedback": feedback_ways(disclosure.body, site_url),
            "qr_svg": qr_svg(page) if on_site else "", "address": page if on_site else "",
            "note": "有附件的，请扫码或到办公室查阅。" if rendition.attachments.exists() else "",
        },
    )  # fmt: skip


def basis_of(edition: Edition) -> str:
    """Return the catalogue items a disclosure answers to, as one line."""
    return "、".join(f"公开目录「{item.name}」" for item in edition.items.all()[:3])


def chinese(day: date) -> str:
    """Return a day as 2026年11月21日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _period(edition: Edition, board: Board | None, on: date) -> str:
    if edition.notice_last_on:
        return f"{chinese(on)}至{chinese(edition.notice_last_on)}（公示期）"
    days = f"，不少于 {board.keep_days} 天" if board else ""
    return f"{chinese(on)}起{days}"


def _responsible(edition: Edition) -> list[list[str]]:
    found = [["责任部门", edition.department.name]] if edition.department else []
    item = getattr(getattr(edition, "entry", None), "review_item", None)
    if item is None:
        return found
    decisions = Decision.objects.standing().filter(item=item, verdict=Verdict.APPROVE)
    names = {d.step.role: d.person.name for d in decisions.select_related("step", "person")}
    return found + [[label, names[role]] for role, label in RESPONSIBLE if role in names]


def feedback_ways(body: Body, site_url: str) -> list[list[str]]:
    """Return how a reader may answer back, as pairs of label and way."""
    ways: list[Any] = [
        ["地址", body.address],
        ["电话", body.phone],
        ["监督电话", body.supervision_phone],
        ["网上提意见", f"{site_url}/o/{body.code}/"],
    ]
    return [pair for pair in ways if pair[1]]
