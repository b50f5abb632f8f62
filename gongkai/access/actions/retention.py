"""Erase requesters' personal data by schedule."""

from datetime import date, datetime

from django.apps import apps
from django.conf import settings
from django.db.models import Max, QuerySet

from gongkai.access.models import (
    AccessSettings,
    Requester,
    RequestFile,
)
from gongkai.access.retaining import misdated
from gongkai.bodies.models import Body
from gongkai.documents.blobs import BlobStore
from gongkai.journal.actor import Actor
from gongkai.journal.acts import act, note, system_only
from gongkai.journal.chain import SHANGHAI

ERASED = (
    "name", "id_kind", "id_number", "workplace", "org_code", "legal_representative", "contact_name", "pupil",
    "address", "postcode", "phone", "fax", "email", "same_person",
)  # fmt: skip


@act("access.erasure_scheduled", may=system_only)
def schedule(body: Body, *, by: Actor, at: datetime) -> int:
    """Fix the day of erasure for those whose cases are all closed, and lift it where one is open again.

    The day is the last closing plus the years the body keeps (AccessSettings); a pending remedy holds it up.
    """
    chosen = AccessSettings.objects.filter(body=body).first() or AccessSettings()
    found = misdated().filter(body=body).annotate(
        closed=Max("cases__closed_at"), decided=Max("claims__decided_on"), voided=Max("cases__recorded_at")
    )  # fmt: skip
    for requester in found:
        ended = requester.closed or requester.voided
        last = max(filter(None, (ended and ended.astimezone(SHANGHAI).date(), requester.decided)), default=at.date())
        requester.erase_on = None if requester.erase_on else _years_after(last, chosen.keeps_years)
        requester.save(update_fields=["erase_on"])
    note(requesters=len(found))
    return len(found)


@act("access.requesters_erased", cite="personal-info/47", may=system_only)
def erase(body: Body, *, by: Actor, at: datetime) -> int:
    """Erase the data of those whose day has come: fields, purpose, contacts and the files they sent.

    The cases stay, with number, kind of requester, dates and outcome; so do the signed letters of the archive.
    """
    due = list(Requester.objects.to_erase(on=at.date()).filter(body=body))
    for requester in due:
        for name in ERASED:
            setattr(requester, name, "")
        requester.erased_at = at
        requester.save()
        cases = requester.cases.all()
        cases.update(purpose="")
        for case in cases:
            case.consultations.update(contact="")
        _drop_files(RequestFile.objects.filter(case__in=cases, from_requester=True))
    note(erased=len(due))
    return len(due)


def _drop_files(files: QuerySet[RequestFile]) -> None:
    """Delete file rows, and the bytes that no record of any room names any more."""
    digests = set(files.values_list("sha256", flat=True))
    files.delete()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.name.endswith("sha256") and digests:
                digests -= set(
                    model._default_manager.filter(**{f"{field.name}__in": digests}).values_list(field.name, flat=True)
                )
    for sha256 in digests:
        BlobStore(settings.BLOB_ROOT).path(sha256).unlink(missing_ok=True)


def _years_after(day: date, years: int) -> date:
    """Return the same day some years later; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
