"""Give out a stored file: as a download only, whatever it says it is."""

from django.conf import settings
from django.http import FileResponse, Http404

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
