"""Nobody reaches another body by its address: the walk reads the URLconf, so it covers pages still to come."""

import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests import make
from tests.isolation.ids import OBJECTS, WORDS

pytestmark = pytest.mark.django_db
PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>|\(\?P<(\w+)>([^)]*)\)")
REFUSED = {404, 405}
WORDS_IN_FIGURES = {"year"}  # numbers that name no object
SAMPLES = [("page", "1")]


def patterns(under: Any = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in under if under is not None else get_resolver().url_patterns:
        route = prefix + str(one.pattern).lstrip("^").rstrip("$").removesuffix("\\Z")
        if isinstance(one, URLResolver):
            yield from patterns(one.url_patterns, route)
        else:
            yield route, one


def staff_patterns() -> list[tuple[str, URLPattern]]:
    return [(route, one) for route, one in patterns() if route.startswith("b/<slug:body>/")]


def is_id(converter: str, regex: str) -> bool:
    return converter == "int" or regex == r"\d+"


def parameters(route: str) -> list[tuple[str, bool]]:
    """Return the names of a route's parameters (the body left out) and whether each is the id of an object."""
    found = [
        (name or other, is_id(converter, regex) and (name or other) not in WORDS_IN_FIGURES)
        for converter, name, other, regex in PARAMETER.findall(route)
    ]
    return [(name, number) for name, number in found if name != "body"]


def addresses(route: str, body_code: str, ids: dict[str, int]) -> Iterator[str]:
    """Yield the route filled in: objects by their id, words by each of their samples."""
    names = parameters(route)
    choices = [[str(ids[name])] if number else list(WORDS[name]) for name, number in names]
    for values in product(*choices):
        filled = {"body": body_code, **{name: value for (name, _), value in zip(names, values, strict=True)}}
        path = PARAMETER.sub(lambda m, filled=filled: filled[m[2] or m[3]], route)
        yield "/" + path.replace("\\.", ".").replace("\\", "")


STAFF = staff_patterns()
WITH_OBJECTS = [(r, p) for r, p in STAFF if any(number for _, number in parameters(r))]


@pytest.fixture
def world():
    bureau = make.school("jiaoyuju", name="示范区教育局", kind="edu_bureau")
    own = make.school("shiyan", parent=bureau)
    foreign = make.school("erxiao", name="第二小学")
    for body in (bureau, own, foreign):
        make.chains(body)
    return {"bureau": bureau, "own": own, "foreign": foreign, "ids": {n: f(foreign) for n, f in OBJECTS.items()}}


def test_every_parameter_of_a_staff_address_is_known_to_the_walk():
    named = {pair for route, _ in STAFF for pair in parameters(route)}
    unknown = {name for name, number in named if name not in (OBJECTS if number else WORDS)}
    assert unknown == set(), "say in tests/isolation/ids.py what a foreign object of this name is"


def test_every_staff_page_goes_through_the_door_of_staff_pages():
    bare = [route for route, one in STAFF if not hasattr(one.callback, "staff_duties")]
    assert bare == []


def test_ids_of_another_body_do_not_exist_for_any_duty(client, world):
    leaks = []
    for role in make.CAST:
        client.force_login(make.person(f"shiyan-{role}"))
        for route, one in WITH_OBJECTS:
            for path in addresses(route, "shiyan", world["ids"]):
                for method in ("get", "post"):
                    status = getattr(client, method)(path, dict(SAMPLES)).status_code
                    lacking = _lacks(one, role)
                    if status not in ({403} | REFUSED if lacking else REFUSED):
                        leaks.append((role, method, path, status))
    assert leaks == []


def _lacks(one: URLPattern, role: str) -> bool:
    duties = one.callback.staff_duties
    return bool(duties) and make.CAST[role] not in duties


def test_the_pages_of_another_body_do_not_exist_for_any_duty(client, world):
    leaks = []
    for role in make.CAST:
        client.force_login(make.person(f"shiyan-{role}"))
        for route, _ in STAFF:
            for path in addresses(route, "erxiao", world["ids"]):
                for method in ("get", "post"):
                    status = getattr(client, method)(path).status_code
                    if status not in REFUSED:
                        leaks.append((role, method, path, status))
    assert leaks == []


def test_a_superior_reads_only_the_pages_marked_open_to_it_and_no_drafts(client, world):
    ids = {name: make_one(world["own"]) for name, make_one in OBJECTS.items()}
    leaks = []
    for role in make.CAST:
        client.force_login(make.person(f"jiaoyuju-{role}"))
        for route, one in STAFF:
            for path in addresses(route, "shiyan", ids):
                status = client.get(path).status_code
                draft = ("disclosure", True) in parameters(route)
                if (draft or not one.callback.open_to_superior) and status not in REFUSED:
                    leaks.append((role, path, status))
    assert leaks == []


def test_a_superior_changes_nothing_below_by_posting(client, world):
    ids = {name: make_one(world["own"]) for name, make_one in OBJECTS.items()}
    client.force_login(make.person("jiaoyuju-clerk"))
    leaks = [
        (path, status)
        for route, one in STAFF
        for path in addresses(route, "shiyan", ids)
        if (status := client.post(path).status_code) not in REFUSED and not one.callback.open_to_superior
    ]
    assert leaks == []


def test_without_signing_in_every_staff_page_leads_to_the_sign_in(client, world):
    for route, _ in STAFF:
        for path in addresses(route, "shiyan", world["ids"]):
            answer = client.get(path)
            assert answer.status_code in (302, 405), path
            assert answer.status_code == 405 or answer["Location"].startswith("/accounts/login/"), path


def test_a_person_who_left_finds_nothing(client, world):
    client.force_login(make.person("gone"))
    assert client.get("/b/shiyan/desk/").status_code == 404
