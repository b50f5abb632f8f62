"""Acts on letters: sent off in the course of a case, put into other words before approval, sealed, cancelled."""

from datetime import date, datetime
from typing import Any

from django.conf import settings

from gongkai.access.letters import compose, files_of, number_of
from gongkai.access.models import AccessRequest, CaseState, Letter, LetterState
from gongkai.access.policy import office
from gongkai.access.recording import clean_text, refuse_day
from gongkai.access.replying import digest_of
from gongkai.access.signing import drawn_up, is_reply, records_in, reply_of, signed, written
from gongkai.access.transitions import APPROVERS, enter
from gongkai.bodies.policy import OFFICE, holds
from gongkai.documents.blobs import BlobStore
from gongkai.journal.actor import Actor
from gongkai.journal.acts import ActRefused, act, note
from gongkai.review import actions as review
from gongkai.review.models import Voids
from gongkai.statute.outcomes import reply_letters

sends = holds(*OFFICE, *APPROVERS)


@act("access.letter_issued", may=sends)
def issue(
    case: AccessRequest, kind: str, *, by: Actor, at: datetime, on: date, text: str = "", addressee: str = "",
    **links: Any,
) -> Letter:  # fmt: skip
    """Write, number and sign a letter of the course (F03–F11, F22 …) dated `on`; own words instead of composed ones.

    `links` are facts of `compose`; a consultation, fee notice or claim among them is kept with the letter. Reply
    letters come from the approval of the reply only.
    """
    if kind in reply_letters():
        raise ActRefused("答复书要送审签发以后才能生成，请先拟写答复并送审。")
    refuse_day(on, what="成文日期", at=at, since=case.received_on)
    words = compose(kind, case, on=on, **links)
    letter = Letter(
        body=case.body, case=case, kind=kind, drafted_by_id=by.person_id, drafted_at=at, **records_in(links)
    )
    text = clean_text(text, what="正文")
    letter = written(letter, words, text=text, addressee=clean_text(addressee, what="主送", longest=120))
    signed(letter, by=by, at=at, on=on)
    note(number=case.number, letter=number_of(letter), kind=kind)
    return letter


@act("access.letter_revised", may=office)
def revise_text(letter: Letter, *, by: Actor, at: datetime, text: str, note_text: str | None = None) -> Letter:
    """Put a reply letter that is not signed yet into other words; what its review has decided from the legal step on
    falls with them.

    `note_text` is the plain-language cover note (None: as it is).
    """
    letter = Letter.objects.select_for_update(of=("self",)).select_related("case", "body").get(pk=letter.pk)
    if letter.state != LetterState.DRAFT:
        raise ActRefused("文书已经签发，正文不能再改。答复要改的请撤回重拟。")
    letter.text = clean_text(text, what="正文", needed="正文不能是空的。")
    letter.note = letter.note if note_text is None else clean_text(note_text, what="通俗说明")
    letter.version += 1
    letter.save()
    case = letter.case
    if case is not None and case.state == CaseState.IN_REVIEW:
        _read_anew(case, by=by, at=at)
    note(letter=letter.pk, version=letter.version)
    return letter


@act("access.letter_sealed", may=office)
def seal(letter: Letter, *, by: Actor, at: datetime) -> Letter:
    """Say that the seal was set on a signed letter (用印); its files are kept from here on as they were sealed."""
    letter = _locked(letter)
    if is_reply(letter):
        enter(letter.case, "seal")
    if letter.state != LetterState.SIGNED:
        raise ActRefused(f"《{letter.title}》现在是「{letter.get_state_display()}」，只有已签发的文书才能用印。")
    letter.state, letter.sealed_by_name, letter.sealed_at = LetterState.SEALED, by.person_name, at
    if settings.KEEPS_SEALED_FILES:
        store = BlobStore(settings.BLOB_ROOT)
        letter.docx_sha256, letter.pdf_sha256 = (store.put(data) for data in files_of(letter))
    letter.save()
    note(letter=number_of(letter), pdf=letter.pdf_sha256, docx=letter.docx_sha256)
    return letter


@act("access.letter_cancelled", may=sends)
def cancel(letter: Letter, *, by: Actor, at: datetime, why: str) -> Letter:
    """Cancel a letter that was not served; its number stays with it and is not given again."""
    letter = _locked(letter)
    why = clean_text(why, what="作废原因", needed="请写明为什么作废。", longest=200)
    if is_reply(letter):
        raise ActRefused("答复书不能单独作废，请撤回答复重拟。")
    if letter.state not in (LetterState.SIGNED, LetterState.SEALED):
        raise ActRefused(f"《{letter.title}》现在是「{letter.get_state_display()}」，不能作废。")
    letter.state = LetterState.CANCELLED
    letter.save(update_fields=["state"])
    note(letter=number_of(letter), why=why)
    return letter


def _locked(letter: Letter) -> Letter:
    return Letter.objects.select_for_update(of=("self",)).select_related("case", "body").get(pk=letter.pk)


def _read_anew(case: AccessRequest, *, by: Actor, at: datetime) -> None:
    """Let the review take in that a letter reads differently now."""
    if case.review is None:
        return
    together = list(AccessRequest.objects.filter(review=case.review, state=CaseState.IN_REVIEW).order_by("pk"))
    together.sort(key=lambda one: one.merged_into_id is not None)  # the lead first, as when it was submitted
    letters = [reply_of(one) or drawn_up(one, by=by, at=at, on=at.date()) for one in together]
    digest = digest_of(together, letters)
    item = case.review.items.get()
    review.edited(item, by=by, at=at, digest=digest, voids=Voids.CONTENT, difference="答复书正文")
    AccessRequest.objects.filter(pk__in=[one.pk for one in together]).update(digest=digest)
