"""The archive of a case: what was asked, what was done, decided, written and served, with proof and digests."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, BinaryIO

from django.conf import settings

from gongkai.access.letters import compose, files_of, number_of, pdf_of
from gongkai.access.letters.case_facts import said_of
from gongkai.access.models import AccessRequest, CaseEvent, Delivery, Letter, LetterState, Remedy, RequestFile
from gongkai.documents.blobs import BlobStore
from gongkai.documents.writing.archive import Entry, Packed, digest, write_archive
from gongkai.documents.writing.pdf import render_pdf
from gongkai.documents.writing.xlsx import SheetRows, write_xlsx
from gongkai.frame.dates import cn_date, cn_time
from gongkai.journal.models import JournalEntry
from gongkai.review.models import Decision
from gongkai.statute.outcomes import outcome

PURPOSES = {"application": "1 申请/材料", "reply": "4 文书/答复附件", "delivery": "5 送达/证明"}
OTHER_FILES = "2 办理/材料"
COURSE = ("日期", "事项", "天数", "说明", "录入时间", "录入人", "更正")
DECISIONS = ("环节", "结果", "意见", "审批人", "岗位", "时间", "所读内容摘要值", "是否有效")
ASKED = ("种类", "征求对象", "内容", "发出", "送达", "应答复", "结束", "意见", "理由")
HANDED = ("部门", "承办人", "要办的事", "交办", "应返回", "返回", "办理结果")
REMEDIES = ("类型", "案号", "受理机关", "申请或起诉", "提交答复", "审结", "结果", "责令重新答复", "摘要")
TRACES = ("序号", "时间", "办理人", "岗位", "依据", "内容", "摘要值")


@dataclass(frozen=True)
class Dossier:
    """Everything that belongs to one case, read once; `at` is when it is put together."""

    case: AccessRequest
    at: datetime

    @cached_property
    def letters(self) -> list[Letter]:
        """Return the letters that were signed, the cancelled ones too."""
        return list(self.case.letters.exclude(state=LetterState.DRAFT).select_related("body", "case__body"))

    @cached_property
    def deliveries(self) -> list[Delivery]:
        """Return every service, those that came back too."""
        found = Delivery.objects.filter(letter__case=self.case).order_by("served_on", "pk")
        return list(found.select_related("letter__body"))

    @cached_property
    def decisions(self) -> list[Decision]:
        """Return every decision on the reply, the voided ones too."""
        review = (self.case.merged_into or self.case).review
        found = Decision.objects.filter(step__review=review).order_by("pk") if review else Decision.objects.none()
        return list(found.select_related("step", "person"))

    @cached_property
    def events(self) -> list[CaseEvent]:
        """Return what happened, also what was put right later."""
        return list(self.case.events.order_by("on", "pk"))

    @cached_property
    def remedies(self) -> list[Remedy]:
        """Return what was tried against the reply."""
        return list(self.case.remedies.order_by("filed_on", "pk"))

    def files(self) -> Iterator[Entry]:
        """Yield the files of the folder in its order."""
        yield self._sheet("F01", "1 申请/申请表.pdf")
        yield self._sheet("F02", "1 申请/登记表.pdf")
        yield from self._uploads("application")
        yield Entry("2 办理/办理经过.xlsx", write_xlsx(*self._course()), "事项、征求意见、交办、留痕")
        yield from self._uploads(*self._others())
        if self.decisions:
            yield self._sheet("F25", "3 审批/审查表.pdf")
            yield Entry("3 审批/审批记录.xlsx", write_xlsx(SheetRows("审批记录", DECISIONS, self._decided())), "决定")
        for place, letter in enumerate(self.letters, 1):
            word, paper = files_of(letter)
            name = f"4 文书/{place:02d} {number_of(letter)} {letter.title}"
            yield Entry(f"{name}.pdf", paper, str(letter.get_state_display()))
            yield Entry(f"{name}.docx", word, str(letter.get_state_display()))
        yield from self._uploads("reply")
        for place, one in enumerate(self.deliveries, 1):
            yield Entry(f"5 送达/{place:02d} 送达回证.pdf", self._slip(one), one.letter.title)
        yield from self._uploads("delivery")
        if self.remedies:
            rows = SheetRows("复议诉讼", REMEDIES, [_remedy(one) for one in self.remedies])
            yield Entry("6 复议诉讼/复议诉讼.xlsx", write_xlsx(rows), "复议、诉讼、申诉")

    def _sheet(self, kind: str, path: str) -> Entry:
        words = compose(kind, self.case, on=self.at.date())
        return Entry(path, _paper(self.case, kind, words, self.at), words.title)

    def _slip(self, one: Delivery) -> bytes:
        return _paper(self.case, "F24", compose("F24", self.case, on=self.at.date(), delivery=one), self.at)

    def _others(self) -> list[str]:
        return sorted(set(self.case.files.values_list("purpose", flat=True)) - set(PURPOSES))

    def _uploads(self, *purposes: str) -> Iterator[Entry]:
        """Yield uploaded files; one erased by schedule is no longer there."""
        store = BlobStore(settings.BLOB_ROOT)
        for file in self.case.files.filter(purpose__in=purposes).order_by("pk"):
            path = store.path(file.sha256)
            if path.is_file():
                folder = PURPOSES.get(file.purpose, OTHER_FILES)
                yield Entry(f"{folder}/{file.name}", path, _from(file))

    def _course(self) -> Iterator[SheetRows]:
        yield SheetRows("办理经过", COURSE, [_event(one) for one in self.events])
        consulted = self.case.consultations.all()
        if consulted:
            yield SheetRows("征求意见", ASKED, [
                [one.get_kind_display(), one.addressee, one.about, one.sent_on, one.delivered_on, one.due_on,
                 one.closed_on, one.get_opinion_display(), one.reasons] for one in consulted
            ])  # fmt: skip
        handed = self.case.hand_overs.select_related("department", "person")
        if handed:
            yield SheetRows("交办", HANDED, [
                [one.department.name if one.department else "", one.person.name if one.person else "", one.task,
                 one.asked_on, one.due_on, one.returned_on, one.answer] for one in handed
            ])  # fmt: skip
        subjects = [f"accessrequest/{self.case.pk}", *(f"letter/{one.pk}" for one in self.letters)]
        yield SheetRows("办理留痕", TRACES, [
            [one.seq, cn_time(one.at), one.person_name, one.post_name, one.cite, one.text, one.digest]
            for one in JournalEntry.objects.about(*subjects)
        ])  # fmt: skip

    def _decided(self) -> list[list[Any]]:
        return [
            [one.step.name, one.get_verdict_display(), one.opinion, one.person.name, one.post_name, cn_time(one.at),
             one.digest, f"已失效：{one.voided_why}" if one.voided_at else "有效"] for one in self.decisions
        ]  # fmt: skip


def _paper(case: AccessRequest, kind: str, words: Any, at: datetime) -> bytes:
    return pdf_of(Letter(
        body=case.body, case=case, kind=kind, title=words.title, text=words.text, note=words.note,
        state=LetterState.SERVED, drafted_at=at,
    ))  # fmt: skip


def _from(file: RequestFile) -> str:
    return "申请人提交" if file.from_requester else "单位录入"


def _event(one: CaseEvent) -> list[Any]:
    put_right = f"{cn_time(one.superseded_at)}更正：{one.superseded_why}" if one.superseded_at else ""
    what = said_of(one.kind)
    return [one.on, what, one.days or None, one.note, cn_time(one.entered_at), one.entered_by, put_right]


def _remedy(one: Remedy) -> list[Any]:
    return [
        one.get_kind_display(), one.number, one.organ, one.filed_on, one.answered_on, one.decided_on,
        one.get_result_display() or "尚未审结", one.orders_new_reply, one.summary,
    ]  # fmt: skip


def folder(case: AccessRequest, target: BinaryIO, *, at: datetime) -> list[Packed]:
    """Write a case's folder as a ZIP with its PDF, contents list and digests into a binary stream."""
    dossier = Dossier(case, at)
    files = list(dossier.files())
    entries = [Entry("案卷.pdf", _booklet(dossier, files), "目录、经过、审批、文书、送达"), *files]
    return write_archive(target, entries, title=f"{case.body.name} 依申请公开 {case.number}", at=at)


def booklet(case: AccessRequest, *, at: datetime) -> bytes:
    """Return cover, contents and course of a case as one PDF."""
    dossier = Dossier(case, at)
    return _booklet(dossier, list(dossier.files()))


def _booklet(dossier: Dossier, files: list[Entry]) -> bytes:
    case = dossier.case
    facts = [
        ["申请人", f"{case.requester.name or '（已删除）'}（{case.get_requester_kind_display()}）"],
        ["收到申请之日", cn_date(case.received_on)], ["应答复日期", cn_date(case.due_on)],
        ["处理结果", outcome(case.outcome, regime=case.regime).label if case.outcome else "尚未答复"],
        ["答复日期", cn_date(case.served_on)], ["状态", str(case.get_state_display())],
    ]  # fmt: skip
    standing = [one for one in dossier.events if one.superseded_at is None]
    return render_pdf("case_file", {
        "body_name": case.body.name, "title": case.title, "number": case.number, "filed_on": cn_date(dossier.at),
        "facts": facts, "contents": [_listed(entry) for entry in files],
        "events": [[cn_date(one.on), said_of(one.kind), one.note] for one in standing],
        "decisions": [_said(one) for one in dossier.decisions if one.voided_at is None],
        "letters": [[number_of(one), one.title, cn_date(one.dated), str(one.get_state_display())]
                    for one in dossier.letters],
        "deliveries": [_served(one) for one in dossier.deliveries],
        "remedies": [[str(one.get_kind_display()), one.organ, cn_date(one.filed_on),
                      str(one.get_result_display() or "尚未审结")] for one in dossier.remedies],
    })  # fmt: skip


def _listed(entry: Entry) -> dict[str, str]:
    size, sha256 = digest(entry.source)
    return {"name": entry.path, "about": entry.about, "size": f"{max(size // 1024, 1)} KB", "sha256": sha256}


def _said(one: Decision) -> dict[str, str]:
    result = str(one.get_verdict_display()) + (f"：{one.opinion}" if one.opinion else "")
    who = f"{one.person.name}（{one.post_name}）"
    return {"step": one.step.name, "person": who, "result": result, "at": cn_time(one.at), "digest": one.digest}


def _served(one: Delivery) -> list[str]:
    proof = [
        f"邮件号 {one.postal_number}" if one.postal_number else "",
        f"{one.signed_by}签收" if one.signed_by else "",
        one.proof_name,
        f"{cn_date(one.failed_on)}退回" if one.failed_on else "",
    ]
    name = number_of(one.letter) or one.letter.title
    return [name, str(one.get_way_display()), cn_date(one.served_on), "；".join(part for part in proof if part)]
