"""The searchable copy of what is published, one row a rendition; the index itself belongs to the back end."""

from typing import Any

from django.db import models


class Entry(models.Model):
    """One searchable page for one set of audiences."""

    key = models.CharField(max_length=80, unique=True)
    position = models.BigIntegerField(unique=True, null=True)  # newest = greatest; the row's name in the index
    body_code = models.CharField(max_length=40, db_index=True)
    kind = models.CharField(max_length=24, blank=True)
    effect = models.CharField(max_length=10, blank=True)
    published_on = models.DateField(db_index=True)
    for_society = models.BooleanField(default=False)
    audiences = models.JSONField(default=list)
    item_codes = models.JSONField(default=list)
    document_number = models.CharField(max_length=80, blank=True)
    address = models.CharField(max_length=300)
    title = models.CharField(max_length=300)
    text = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["for_society", "-position"], name="search_newest")]


class LexemesField(models.Field):
    """Hold the lexemes of a text: `tsvector` on PostgreSQL; elsewhere the table stays empty."""

    def db_type(self, connection: Any) -> str:
        """Return the column type of the data base in use."""
        return "tsvector" if connection.vendor == "postgresql" else "text"


class Chunk(models.Model):
    """A piece of an entry's tokens small enough for PostgreSQL; 0 is the title."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="chunks")
    number = models.PositiveIntegerField()
    lexemes = LexemesField()
