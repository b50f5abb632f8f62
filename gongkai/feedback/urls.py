"""Addresses of this room: `staff` under /b/<body>/, `public` from the root."""

from django.urls import URLPattern, path

from gongkai.feedback import importing
from gongkai.feedback.views import public as open_pages
from gongkai.feedback.views import staff as pages

LISTS = (importing,)  # importing it enters the list of opinions
staff: list[URLPattern] = [
    path("opinions/", pages.opinions, name="feedback_opinions"),
    path("opinions/new/", pages.opinion_new, name="feedback_new"),
    path("opinions/export/", pages.opinions_export, name="feedback_export"),
    path("opinions/<int:opinion>/", pages.opinion, name="feedback_opinion"),
    path("opinions/<int:opinion>/letter/", pages.opinion_letter, name="feedback_letter"),
]
public: list[URLPattern] = [
    path("o/<slug:body>/", open_pages.opinion_form, name="opinion_form"),
    path("o/<slug:body>/receipt/", open_pages.opinion_receipt, name="opinion_receipt"),
    path("o/<slug:body>/status/", open_pages.opinion_status, name="opinion_status"),
]
