"""Addresses of this room: `staff` under /b/<body>/, `public` from the root."""

from django.urls import URLPattern

staff: list[URLPattern] = []
public: list[URLPattern] = []
