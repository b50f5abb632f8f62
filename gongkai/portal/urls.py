"""Addresses of this room: `staff` under /b/<body>/, `public` from the root."""

from django.urls import URLPattern, path

from gongkai.portal.views import preview

staff: list[URLPattern] = [
    path("preview/<int:rendition>/", preview.preview, name="portal_preview"),
]
public: list[URLPattern] = []
