"""The archive of an issue: texts as approved, attachments, decisions, minutes, postings with proof, opinions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from html import escape
from typing import Any, BinaryIO

from django.conf import settings

from gongkai.documents.blobs import BlobStore
from gongkai.documents.writing.archive import Entry, Packed, digest, write_archive
from gongkai.documents.writing.blocks import as_data, from_html
from gongkai.documents.writing.pdf import render_pdf
from gongkai.documents.writing.xlsx import SheetRows, write_xlsx
from gongkai.frame.dates import cn_date, cn_time
from gongkai.publishing.kinds import audience_names, channel_name, kind_name
from gongkai.publishing.models import Edition, Issue, Posting, Rendition
from gongkai.publishing.rows import ledger_rows
from gongkai.review.models import Decision, Meeting

DECISIONS = ("信息", "环节", "结果", "意见", "审批人", "岗位", "时间", "会议", "例外", "所读内容摘要值", "是否有效")
OPINIONS = ("编号", "来信日期", "渠道", "类别", "标题", "内容", "针对", "答复日期", "答复")


@dataclass(frozen=True)
class Dossier:
    """Everything that belongs to one issue, read once."""

    issue: Issue
    site_url: str

    @cached_property
    def editions(self) -> list[Edition]:
        """Return the editions of the issue in their order."""
        entries = self.issue.entries.select_related("edition__disclosure__body", "edition__department", "review_item")
        return [entry.edition for entry in entries]

    @cached_property
    def decisions(self) -> list[Decision]:
        """Return every decision on the issue's items, the voided ones too."""
        found = Decision.objects.filter(item__entry__issue=self.issue).order_by("step__order", "pk")
        return list(found.select_related("step", "person", "meeting", "item"))

    @cached_property
    def meetings(self) -> list[Meeting]:
        """Return the meetings that decided."""
        return list({d.meeting.pk: d.meeting for d in self.decisions if d.meeting}.values())

    @cached_property
    def postings(self) -> list[Posting]:
        """Return where the issue's disclosures were posted, planned ones left out."""
        disclosures = [edition.disclosure_id for edition in self.editions]
        found = Posting.objects.of(self.issue.body).ledger().filter(disclosure__in=disclosures)
        return list(found.select_related("body", "item", "disclosure").prefetch_related("proofs"))

    @cached_property
    def opinions(self) -> list[Any]:
        """Return the opinions about the issue's disclosures; who wrote them stays out of the archive."""
        return [one for edition in self.editions for one in edition.disclosure.opinions.order_by("received_on", "pk")]

    def files(self) -> Iterator[Entry]:
        """Yield the files of the folder in its order."""
        store = BlobStore(settings.BLOB_ROOT)
        for number, edition in enumerate(self.editions, 1):
            yield from _content(store, f"1 公开内容/{number:02d} {edition.title[:40]}", edition)
        yield Entry(
            "2 审批/审批记录.xlsx", write_xlsx(SheetRows("审批记录", DECISIONS, self.decision_rows())), "每一步决定"
        )
        for meeting in self.meetings:
            if meeting.minutes_sha256:
                name = f"2 审批/会议纪要 {meeting.held_on:%Y-%m-%d} {meeting.minutes_name}"
                yield Entry(name, store.path(meeting.minutes_sha256), meeting.name)
        if self.postings:
            rows = ledger_rows(self.postings, site_url=self.site_url)
            yield Entry("3 发布/发布台账.xlsx", write_xlsx(SheetRows("发布台账", *rows)), "各渠道发布")
        for posting in self.postings:
            for proof in posting.proofs.all():
                name = f"3 发布/证明/{channel_name(posting.channel)} {posting.posted_on:%Y-%m-%d} {proof.name}"
                yield Entry(name, store.path(proof.sha256), "撤下后" if proof.of_takedown else "发布")
        if self.opinions:
            yield Entry(
                "4 意见/意见与答复.xlsx", write_xlsx(SheetRows("意见与答复", OPINIONS, self.opinion_rows())), "意见"
            )

    def decision_rows(self) -> list[list[Any]]:
        """Return the decisions as rows."""
        return [
            [
                one.item.title, one.step.name, one.get_verdict_display(), one.opinion, one.person.name, one.post_name,
                cn_time(one.at), str(one.meeting.name) if one.meeting else "", one.exception, one.digest,
                f"已失效：{one.voided_why}" if one.voided_at else "有效",
            ]
            for one in self.decisions
        ]  # fmt: skip

    def opinion_rows(self) -> list[list[Any]]:
        """Return the opinions as rows, without their writers."""
        return [
            [
                one.number, one.received_on, one.channel, one.get_kind_display(), one.title, one.text,
                one.about.current.title if one.about.current else "", one.answered_on, one.answer,
            ]
            for one in self.opinions
        ]  # fmt: skip


def _content(store: BlobStore, folder: str, edition: Edition) -> Iterator[Entry]:
    yield Entry(f"{folder}/公开信息.txt", _head(edition).encode("utf-8-sig"), "元数据")
    for rendition in edition.renditions.prefetch_related("attachments"):
        who = audience_names(rendition.audiences)
        yield Entry(f"{folder}/正文（{who}）.html", _page(edition, rendition).encode(), f"正文，面向{who}")
        for file in rendition.attachments.all():
            yield Entry(f"{folder}/附件/{file.name}", store.path(file.sha256), f"附件，面向{who}")


def _head(edition: Edition) -> str:
    disclosure = edition.disclosure
    lines = [
        ("标题", edition.title), ("索引号", disclosure.index_number),
        ("信息类别", kind_name(edition.body, edition.kind)),
        ("公开事项", "、".join(item.name for item in edition.items.all())), ("文号", edition.document_number),
        ("成文日期", cn_date(edition.formed_on)), ("责任部门", edition.department.name if edition.department else ""),
        ("来源", f"转载自{edition.reprinted_from}" if edition.reprinted_from else "原创"),
        ("有效性", edition.get_effect_display()), ("版本", f"第 {edition.number} 版（{edition.get_state_display()}）"),
        ("公开时间", cn_time(edition.published_at) if edition.published_at else "未公开"),
        ("内容摘要值", edition.digest),
    ]  # fmt: skip
    return "\r\n".join(f"{label}：{value}" for label, value in lines if value) + "\r\n"


def _page(edition: Edition, rendition: Rendition) -> str:
    title = escape(edition.title)
    summary = f"<p>摘要：{escape(rendition.summary)}</p>" if rendition.summary else ""
    return (
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{title}</title>'
        f"<h1>{title}</h1>{summary}{rendition.html}</html>"
    )


def folder(issue: Issue, target: BinaryIO, *, at: datetime, site_url: str) -> list[Packed]:
    """Write the issue's folder as a ZIP with its PDF, contents list and digests into a binary stream."""
    dossier = Dossier(issue, site_url)
    files = list(dossier.files())
    entries = [Entry("案卷.pdf", _booklet(dossier, files, at), "目录、审批、发布、意见、正文合订"), *files]
    return write_archive(target, entries, title=f"{issue.body.name} {issue} {issue.title}", at=at)


def booklet(issue: Issue, *, at: datetime, site_url: str) -> bytes:
    """Return the issue's archive as one PDF."""
    dossier = Dossier(issue, site_url)
    return _booklet(dossier, list(dossier.files()), at)


def _booklet(dossier: Dossier, files: list[Entry], at: datetime) -> bytes:
    issue = dossier.issue
    meetings = "\n".join(
        f"{m.held_on:%Y-%m-%d} {m.name}，应到 {m.should_attend} 人，实到 {m.attended} 人" for m in dossier.meetings
    )
    return render_pdf(
        "issue_file",
        {
            "body_name": issue.body.name, "title": issue.title, "issue": str(issue), "filed_on": cn_date(at),
            "facts": [["公开信息", f"{len(dossier.editions)} 条"], ["会议", meetings], ["报备", _filing(issue)]],
            "contents": [_listed(entry) for entry in files],
            "decisions": [_decided(one) for one in dossier.decisions if one.voided_at is None],
            "postings": [_posted(one) for one in dossier.postings],
            "opinions": [_said(one) for one in dossier.opinions],
            "documents": [
                {"title": edition.title, "blocks": as_data(from_html(rendition.html))}
                for edition in dossier.editions for rendition in edition.renditions.all()
            ],
        },
    )  # fmt: skip


def _listed(entry: Entry) -> dict[str, str]:
    size, sha256 = digest(entry.source)
    return {"name": entry.path, "about": entry.about, "size": f"{max(size // 1024, 1)} KB", "sha256": sha256}


def _decided(one: Decision) -> dict[str, str]:
    who = f"{one.person.name}（{one.post_name}）" + (f"，{one.meeting.name}" if one.meeting else "")
    result = one.get_verdict_display() + (f":{one.opinion}" if one.opinion else "")
    return {"step": one.step.name, "person": who, "result": result, "at": cn_time(one.at), "digest": one.digest}


def _posted(one: Posting) -> dict[str, str]:
    proofs = len(one.proofs.all())
    down = f",{cn_date(one.taken_down_on)}撤下" if one.taken_down_on else ""
    on = f"{cn_date(one.posted_on)}{down}"
    return {
        "channel": channel_name(one.channel),
        "on": on,
        "place": one.place,
        "proof": f"{proofs} 份" if proofs else "",
    }


def _said(one: Any) -> dict[str, str]:
    answered = f"{cn_date(one.answered_on)} {one.answer}" if one.answered_on else "未答复"
    about = f"{one.title}：{one.text}"
    return {
        "received": cn_date(one.received_on),
        "channel": one.get_kind_display(),
        "about": about,
        "answered": answered,
    }


def _filing(issue: Issue) -> str:
    if issue.received_above_at:
        return f"{cn_date(issue.received_above_at)}由{issue.received_above_by}接收备案"
    return f"{cn_date(issue.sent_up_at)}报备，待接收" if issue.sent_up_at else "未报备"
