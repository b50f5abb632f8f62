"""House rules that a linter cannot say."""

import ast
import inspect
import pkgutil
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

import gongkai
from gongkai.journal.acts import ACTS

ROOT = Path(gongkai.__file__).parent
FILES = [p for p in ROOT.rglob("*.py") if "migrations" not in p.parts]
FORBIDDEN_NAMES = {"utils", "helpers", "services", "managers", "signals", "constants", "exceptions"}
NEVER_WORDS = {"Organisation", "Tenant", "Agency", "Ticket", "Applicant", "Menu", "Workflow", "Deadline", "SLA"}
LIMITS = {"file": 400, "function": 40}


def functions(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_files_and_functions_stay_short_and_modules_are_named_for_what_they_do(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LIMITS["file"], f"{lines} lines"
    long = [f"{f.name}: {f.end_lineno - f.lineno + 1}" for f in functions(path)
            if f.end_lineno - f.lineno + 1 > LIMITS["function"]]  # fmt: skip
    assert long == []
    assert path.stem not in FORBIDDEN_NAMES


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_only_views_commands_and_the_sweep_read_the_clock(path):
    readers = ("views", "commands", "sweep", "web", "staff.py", "chain.py", "outbox.py", "demo")
    if any(name in path.relative_to(ROOT).as_posix() for name in readers):
        return
    source = path.read_text(encoding="utf-8")
    assert not any(call in source for call in ("timezone.now()", "date.today()", "datetime.now(", "time.time()"))


def action_modules():
    for config in apps.get_app_configs():
        if config.name.startswith("gongkai."):
            for info in pkgutil.walk_packages(import_module(config.name).__path__, f"{config.name}."):
                if ".actions" in info.name:
                    yield import_module(info.name)


def test_every_public_function_in_actions_is_an_act():
    allowed_prefixes = ("may_",)
    bare = [
        f"{module.__name__}.{name}"
        for module in action_modules()
        for name, value in inspect.getmembers(module, inspect.isfunction)
        if value.__module__ == module.__name__ and not name.startswith(("_", *allowed_prefixes))
        and not hasattr(value, "act_name") and name not in ("code_hash", "new_code", "run")
    ]  # fmt: skip
    assert bare == []
    assert ACTS


def test_no_model_carries_a_never_word():
    names = {model.__name__ for model in apps.get_models() if model.__module__.startswith("gongkai.")}
    assert names.isdisjoint(NEVER_WORDS)


@pytest.mark.django_db
def test_the_migrations_say_what_the_models_say():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
