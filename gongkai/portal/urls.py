"""Addresses of this room: `staff` under /b/<body>/, `public` from the root."""

from django.urls import URLPattern, path

from gongkai.portal.views import limits, paste, preview, reader, search

staff: list[URLPattern] = [
    path("paste/<int:disclosure>/", paste.paste, name="portal_paste"),
    path("preview/<int:rendition>/", preview.preview, name="portal_preview"),
    path("preview/<int:rendition>/<str:part>", preview.preview, name="portal_preview_part"),
    path("preview/<int:rendition>/files/<str:file>", preview.preview_file, name="portal_preview_file"),
]
public: list[URLPattern] = [
    path("t/limits/", limits.limit_calculator, name="limit_calculator"),
    path("s/", search.search_all, name="search"),
    path("g/<slug:body>/search/", search.search_body, name="search_body"),
    path("r/<slug:body>/", reader.reader_home, name="reader_home"),
    path("r/<slug:body>/d/<slug:name>/", reader.reader_disclosure, name="reader_disclosure"),
    path("r/<slug:body>/d/<slug:name>/files/<str:file>", reader.reader_file, name="reader_file"),
]
