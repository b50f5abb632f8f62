"""Give out files: stored ones as a download only, whatever they say they are; made ones that no cache may keep."""

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse
from django.utils.http import content_disposition_header

from gongkai.documents.blobs import BlobStore


def download(sha256: str, name: str) -> FileResponse:
    """Answer with the bytes stored under a SHA-256 (hex), never shown inside a page; 404 where they are gone."""
    place = BlobStore(settings.BLOB_ROOT).path(sha256)
    if not place.is_file():
        raise Http404
    answer = FileResponse(place.open("rb"), as_attachment=True, filename=name, content_type="application/octet-stream")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def made(data: bytes, *, name: str, media: str, inline: bool = False) -> HttpResponse:
    """Answer with a file this platform has just written (a letter, a list): a download unless shown in the browser."""
    answer = HttpResponse(data, content_type=media)
    answer["Content-Disposition"] = content_disposition_header(not inline, name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer
