"""Addresses of the deciding screen."""

from django.urls import path

from gongkai.publishing.views import deciding

staff = [
    path("publishing/issues/<int:issue>/decide/", deciding.decide_issue, name="publishing_decide"),
    path("publishing/issues/<int:issue>/files/<int:attachment>/", deciding.decide_file, name="publishing_decide_file"),
    path("publishing/meetings/<int:meeting>/minutes/", deciding.meeting_minutes, name="publishing_minutes"),
]
