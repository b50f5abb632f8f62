"""Who reads what beyond the public site: a signed-in person's audiences, and what stands there for them."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import CharField, Exists, F, OuterRef, Value

from gongkai.accounts.models import Person
from gongkai.bodies.models import Body, BodyKind, Membership, Post, in_force
from gongkai.publishing.models import Disclosure, Rendition, Standing
from gongkai.publishing.visibility import open_to

IN_POST = "post"
# What a disclosure's page shows; the plain text for the search and the body's settings stay in the database.
PAGE = (
    "audiences", "for_society", "summary", "html", "order", "edition__department__name",
    *(f"edition__{name}" for name in (
        "disclosure", "department", "number", "state", "title", "kind", "reprinted_from", "document_number",
        "formed_on", "effect", "effect_note", "notice_last_on", "inside_only", "outside_on",
    )),
    *(f"edition__disclosure__{name}" for name in (
        "body", "public_id", "standing", "index_number", "first_published_at", "first_public_on", "puts_right",
    )),
    *(f"edition__disclosure__body__{name}" for name in (
        "code", "name", "short_name", "kind", "phone", "supervision_phone", "address", "office_name", "office_hours",
        "access_settings__open_online",
    )),
)  # fmt: skip


def audiences_everywhere(person: Person | AnonymousUser, *, on: date, body: Body | None = None) -> dict[str, set[str]]:
    """Return the audiences of a person by body code (of one body only where it is given), in one query.

    The rule is `bodies.scope.audiences_of`: staff by their posts (party members in a party body), others by membership.
    """
    if not person.is_authenticated or not person.is_active:
        return {}
    posts = Post.objects.held(on=on).filter(person=person.pk).order_by()
    members = Membership.objects.filter(in_force(on), person=person.pk).order_by()
    if body is not None:
        posts, members = posts.filter(body=body), members.filter(body=body)
    held = posts.values_list("body__code", "body__kind", Value(IN_POST, output_field=CharField()))
    found: dict[str, set[str]] = defaultdict(set)
    for code, kind, audience in held.union(members.values_list("body__code", "body__kind", "audience")):
        staff = "PTY" if kind == BodyKind.PARTY_ORG else "STF"
        found[code].add(staff if audience == IN_POST else audience)
    return dict(found)


def restricted(body: Body) -> Any:
    """Return what stands in a body for some audiences but not for society, newest first."""
    return Rendition.objects.filter(
        for_society=False, edition__disclosure__body=body, edition__disclosure__standing=Standing.PUBLISHED,
        edition__disclosure__current=F("edition"),
    ).order_by("-edition__disclosure__first_published_at", "-pk")  # fmt: skip


def renditions_at(body_code: str, public_id: str) -> Any:
    """Return the texts of what stands under a public name, with all that its page needs, in one query.

    `put_right` tells whether something stands that puts it right; few do, and the others need not ask.
    """
    right = Disclosure.objects.filter(puts_right=OuterRef("edition__disclosure"), standing=Standing.PUBLISHED)
    found = Rendition.objects.filter(
        edition__disclosure__body__code=body_code, edition__disclosure__public_id=public_id,
        edition__disclosure__standing=Standing.PUBLISHED, edition__disclosure__current=F("edition"),
    )  # fmt: skip
    found = found.select_related("edition__disclosure__body__access_settings", "edition__department").only(*PAGE)
    return found.annotate(put_right=Exists(right))


def standing_for(body: Body, audiences: set[str]) -> list[dict[str, Any]]:
    """Return the restricted entries these audiences may read: title, public name, day, kind, audiences."""
    columns = {
        "title": F("edition__title"), "public_id": F("edition__disclosure__public_id"),
        "on": F("edition__disclosure__first_published_at"), "inside": F("edition__inside_only"),
    }  # fmt: skip
    found = restricted(body).values("audiences", **columns)
    shown = {one["public_id"]: one for one in found if audiences & open_to(one["audiences"], inside_only=one["inside"])}
    return list(shown.values())
