"""Addresses: staff pages under /b/<body>/; public ones under /g/ (static), /s/, /o/, /a/ and /r/ (dynamic)."""

from django.urls import include, path

from gongkai.access import urls as access
from gongkai.accounts import urls as accounts
from gongkai.bodies import urls as bodies
from gongkai.catalogue import urls as catalogue
from gongkai.feedback import urls as feedback
from gongkai.frame import urls as frame
from gongkai.portal import urls as portal
from gongkai.publishing import urls as publishing
from gongkai.reporting import urls as reporting
from gongkai.review import urls as review
from gongkai.search import urls as search
from gongkai.workbench import urls as workbench

ROOMS = (
    access, accounts, bodies, catalogue, feedback, frame, portal, publishing, reporting, review, search, workbench,
)  # fmt: skip

urlpatterns = [
    *[pattern for room in ROOMS for pattern in room.public],
    path("b/<slug:body>/", include([pattern for room in ROOMS for pattern in room.staff])),
]
