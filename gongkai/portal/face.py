"""What stands on every public page of a body: its name, doors, contact."""

from typing import Any

from django.conf import settings

from gongkai.access.asking import takes_online
from gongkai.bodies.models import Body
from gongkai.portal import addresses
from gongkai.statute import law

ASSETS = "/assets/"
Door = dict[str, Any]


def under_ordinance(body: Body) -> bool:
    """Tell whether the body discloses under the 条例 itself, whose column and door names are prescribed."""
    kind = law().body_kinds.get(body.kind)
    return kind is not None and kind.main == "cn-ogi"


def label_of(body: Body) -> str:
    """Return the name of the body's column."""
    if body.is_party:
        return "党务公开"
    return "政府信息公开" if under_ordinance(body) else "信息公开"


def doors_of(body: Body) -> list[Door]:
    """Return the five doors with a line each about what lies behind them."""
    root, column = addresses.home(body), label_of(body)
    catalogue = "法定主动公开内容" if under_ordinance(body) else "公开目录"
    return [
        {"label": f"{column}指南", "url": f"{root}guide/", "about": "公开什么、怎么找、找谁问"},
        {"label": f"{column}制度", "url": f"{root}rules/", "about": "现行的制度和文件"},
        {"label": catalogue, "url": f"{root}catalogue/", "about": "按事项逐项查看"},
        {"label": f"{column}年报", "url": f"{root}reports/", "about": "一年公开了多少"},
        {"label": "依申请公开", "url": f"{root}request/", "about": "没有找到，可以申请"},
    ]


def face(body: Body, *, here: str = "") -> dict[str, Any]:
    """Return the context every page of a body needs; `here` is the address of the door that is open."""
    root = addresses.home(body)
    nav = [{"label": "首页", "url": root, "current": here == root}]
    ask_url = addresses.request_form(body) if takes_online(body) else ""
    nav += [{"label": d["label"], "url": d["url"], "current": here == d["url"]} for d in doors_of(body)]
    return {
        "assets": ASSETS,
        "district_name": settings.DISTRICT_NAME,
        "body": body,
        "body_name": body.name,
        "site_label": label_of(body),
        "site_home": root,
        "site_nav": nav,
        "search_url": addresses.search(body),
        "opinion_url": addresses.opinion_form(body),
        "feed_url": f"{root}feed.xml",
        "theme_url": f"{root}theme.css",
        "contact": {
            "office": body.office_name,
            "phone": body.phone,
            "supervision_phone": body.supervision_phone,
            "address": body.address,
            "hours": body.office_hours,
        },
        "ask_url": ask_url,
        "foot_links": [
            *([{"label": "申请公开", "url": ask_url}] if ask_url else []),
            {"label": "提意见", "url": addresses.opinion_form(body)},
            {"label": "意见答复", "url": f"{root}opinions/"},
            {"label": "订阅(RSS)", "url": f"{root}feed.xml"},
            {"label": "期限计算器", "url": "/t/limits/"},
            {"label": settings.DISTRICT_NAME, "url": "/"},
        ],
    }


def district_face() -> dict[str, Any]:
    """Return the context of the pages that belong to no body."""
    return {
        "assets": ASSETS,
        "district_name": settings.DISTRICT_NAME,
        "site_home": "/",
        "search_url": "/s/",
    }


def crumbs(body: Body, *steps: tuple[str, str]) -> list[dict[str, str]]:
    """Return the way to a page: district, body, then (label, address) of each step."""
    way = [(settings.DISTRICT_NAME, "/"), (body.label, addresses.home(body)), *steps]
    return [{"label": label, "url": url} for label, url in way]
