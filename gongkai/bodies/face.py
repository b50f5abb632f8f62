"""What the frame of a public page made per request shows of a body."""

from typing import Any

from gongkai.bodies.models import Body


def face(body: Body, **more: Any) -> dict[str, Any]:
    """Return what the public frame shows of a body."""
    home = f"/g/{body.code}/"
    contact = {
        "office": body.office_name, "phone": body.phone, "supervision_phone": body.supervision_phone,
        "address": body.address, "hours": body.office_hours,
    }  # fmt: skip
    crumbs = [{"label": "首页", "url": home}]
    return {"body": body, "body_name": body.name, "site_home": home, "contact": contact, "crumbs": crumbs} | more
