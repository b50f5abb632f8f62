"""Addresses of this room: `staff` under /b/<body>/, `public` from the root."""

from django.urls import URLPattern

from gongkai.access.views import (
    acts,
    case,
    claiming,
    claims,
    deciding,
    entry,
    folders,
    openness,
    papers,
    register,
    remedies,
    reply,
    settings,
    status,
)
from gongkai.access.views import public as open_pages

staff: list[URLPattern] = [
    *entry.staff,
    *register.staff,
    *settings.staff,
    *case.staff,
    *acts.staff,
    *reply.staff,
    *deciding.staff,
    *remedies.staff,
    *claims.staff,
    *openness.staff,
    *folders.staff,
    *papers.staff,
]
public: list[URLPattern] = [
    *open_pages.public,
    *status.public,
    *claiming.public,
]
