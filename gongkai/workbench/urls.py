"""Addresses of this room: `staff` under /b/<body>/, `public` from the root."""

from django.urls import URLPattern, path

from gongkai.workbench.views import below, desk, journal, settings, wall

staff: list[URLPattern] = [
    path("desk/", desk.desk, name="desk"),
    path("catalogue/", wall.catalogue_wall, name="catalogue_wall"),
    path("catalogue/<int:item>/", wall.catalogue_item, name="catalogue_item"),
    path("below/", below.below, name="below"),
    path("below/matrix/", below.below_matrix, name="below_matrix"),
    path("settings/", settings.settings, name="settings"),
    path("settings/body/", settings.settings_body, name="settings_body"),
    path("settings/found/", settings.settings_found, name="settings_found"),
    path("journal/", journal.journal, name="journal"),
]
public: list[URLPattern] = [
    path("desk/", desk.first_desk, name="first_desk"),
]
