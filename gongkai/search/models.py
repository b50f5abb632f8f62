"""The searchable copy of what is published, one row a rendition; the index itself belongs to the back end."""

from django.db import models


class Entry(models.Model):
    """One searchable page for one set of audiences."""

    key = models.CharField(max_length=80, unique=True)
    body_code = models.CharField(max_length=40, db_index=True)
    audiences = models.JSONField(default=list)
    for_society = models.BooleanField(default=False)
    title = models.CharField(max_length=300)
    text = models.TextField()
    kind = models.CharField(max_length=24, blank=True)
    item_codes = models.JSONField(default=list)
    document_number = models.CharField(max_length=80, blank=True)
    effect = models.CharField(max_length=10, blank=True)
    published_on = models.DateField(db_index=True)
    address = models.CharField(max_length=300)

    class Meta:
        indexes = [models.Index(fields=["for_society", "-published_on", "-id"], name="search_newest")]
