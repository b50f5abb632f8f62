"""Drafts out of a file: one, or the members of a collection, with those that say the same pointed out."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core import signing

from gongkai.bodies.models import Body
from gongkai.documents.blobs import BlobStore
from gongkai.documents.reading import DocumentText
from gongkai.documents.splitting import Draft, identical, split_collection
from gongkai.journal.actor import Actor
from gongkai.publishing.actions import drafting
from gongkai.publishing.filing import Unacceptable, read_upload
from gongkai.publishing.models import Edition
from gongkai.publishing.writing import LONGEST

SALT = "gongkai.publishing.collection"
HOURS_KEPT = 12


@dataclass(frozen=True)
class Collection:
    """A file as read: the drafts in it, which of them are identical, and a token that finds the file again."""

    name: str
    read: DocumentText
    drafts: list[Draft]
    token: str

    @property
    def twins(self) -> dict[int, int]:
        """Return for each later identical draft (from 0) the first one that says the same."""
        return {later: group[0] for group in identical(self.drafts) for later in group[1:]}


def take_in(name: str, data: bytes) -> Collection:
    """Read an uploaded file into drafts; raises Unacceptable. The bytes are kept for the second step."""
    name, read = read_upload(name, data, limit=settings.UPLOAD_LIMIT)
    sha256 = BlobStore(settings.BLOB_ROOT).put(data)
    token = signing.dumps({"name": name, "sha256": sha256}, salt=SALT)
    return Collection(name, read, split_collection(read), token)


def refuse_wordless(found: Collection) -> None:
    """Raise Unacceptable for a file in which no words can be read: a draft of it would be empty."""
    if found.read.text.strip():
        return
    why = found.read.problems[0].message if found.read.problems else "里面没有能读出的文字。"
    raise Unacceptable(f"“{found.name}”不能用来起草：{why}也可以先起草正文，再把它作为附件上传。")


def find_again(token: str) -> Collection:
    """Read a file taken in before; raises signing.BadSignature for a token not ours or too old."""
    kept = signing.loads(token, salt=SALT, max_age=HOURS_KEPT * 3600)
    return take_in(kept["name"], data_of(kept["sha256"]))


def data_of(sha256: str) -> bytes:
    """Return stored bytes."""
    return BlobStore(settings.BLOB_ROOT).get(sha256)


def drafts_from(
    body: Body, chosen: list[tuple[str, Draft]], *, by: Actor, at: datetime, **facts: object
) -> list[Edition]:
    """Begin a draft for each chosen (title, text); a title that is too long is cut and can be changed."""
    _, most = LONGEST["title"]
    return [
        drafting.draft(body, by=by, at=at, title=(title.strip() or "未命名")[:most], html=one.html, **facts)
        for title, one in chosen
    ]
