"""The manifest: what the installation has written to the public site."""

from django.db import models


class PageRecord(models.Model):
    """What the installation has written to the public site: path, digest and renderer version (the manifest)."""

    path = models.CharField(max_length=300, primary_key=True)
    body_code = models.CharField(max_length=40, db_index=True, blank=True)
    subject = models.CharField(max_length=120, db_index=True, blank=True)
    sha256 = models.CharField(max_length=64)
    renderer = models.CharField(max_length=24)
    gone = models.BooleanField(default=False)
    written_at = models.DateTimeField(auto_now=True)
