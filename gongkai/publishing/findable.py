"""The searchable copy of a disclosure: one page a rendition, put and removed inside the publishing transaction."""

from gongkai.journal.chain import SHANGHAI
from gongkai.publishing.models import Disclosure, Edition, Rendition
from gongkai.publishing.visibility import open_to
from gongkai.search import index


def put(edition: Edition) -> None:
    """Make what an edition says findable for those who may read it; earlier editions are found no more."""
    disclosure = edition.disclosure
    remove(disclosure)
    for rendition in edition.renditions.prefetch_related("attachments"):
        if readers := open_to(rendition.audiences, inside_only=edition.inside_only):
            index.put(_page(edition, rendition, sorted(readers)))


def remove(disclosure: Disclosure) -> None:
    """Make a disclosure no longer findable by anybody."""
    index.remove(f"disclosure/{disclosure.pk}")


def address_of(disclosure: Disclosure, *, public: bool = True) -> str:
    """Return the address of a disclosure's page: the static one, or the one for signed-in readers."""
    root = "g" if public else "r"
    return f"/{root}/{disclosure.body.code}/d/{disclosure.public_id}/"


def _page(edition: Edition, rendition: Rendition, readers: list[str]) -> index.Page:
    disclosure = edition.disclosure
    first = disclosure.first_published_at or edition.published_at
    files = [f"{one.name}\n{one.text}" for one in rendition.attachments.all()]
    return index.Page(
        key=f"disclosure/{disclosure.pk}/{rendition.order}",
        body_code=disclosure.body.code,
        audiences=readers,
        title=edition.title,
        text="\n".join((rendition.summary, rendition.text, *files)).strip(),
        published_on=first.astimezone(SHANGHAI).date(),
        address=address_of(disclosure, public=rendition.for_society),
        kind=edition.kind,
        item_codes=list(edition.items.values_list("code", flat=True)),
        document_number=edition.document_number,
        effect=str(edition.effect),
    )
