"""Addresses of this room: `staff` under /b/<body>/, `public` from the root."""

from django.urls import URLPattern, path

from gongkai.frame.views import choose_look

staff: list[URLPattern] = []
public: list[URLPattern] = [path("look/<slug:look>/", choose_look, name="look")]
