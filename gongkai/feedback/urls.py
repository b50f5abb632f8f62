"""Addresses of this room: `staff` under /b/<body>/, `public` from the root."""

from django.urls import URLPattern

from gongkai.feedback import importing

LISTS = (importing,)  # importing it enters the list of opinions
staff: list[URLPattern] = []
public: list[URLPattern] = []
