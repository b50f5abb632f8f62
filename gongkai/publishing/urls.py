"""Addresses of this room: `staff` under /b/<body>/, `public` from the root."""

from django.urls import URLPattern

from gongkai.publishing import posting_urls

staff: list[URLPattern] = [*posting_urls.staff]
public: list[URLPattern] = []
