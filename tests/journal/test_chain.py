import pytest
from django.db import DatabaseError, connection, transaction

from gongkai.bodies import actions
from gongkai.bodies.models import Body
from gongkai.journal import chain, triggers
from gongkai.journal.acts import NotAllowed
from gongkai.journal.models import JournalEntry, JournalHead
from tests import make

pytestmark = pytest.mark.django_db


def test_every_act_writes_one_entry_and_the_chain_holds():
    school = make.body()
    make.post(school, "wang", "clerk", department="校办")
    assert list(JournalEntry.objects.values_list("act", flat=True)) == [
        "body.founded", "body.department_added", "body.person_appointed",
    ]  # fmt: skip
    assert list(chain.breaks()) == []


def test_an_act_that_is_not_allowed_leaves_no_trace():
    school = make.school()
    before = JournalHead.objects.get().seq
    with pytest.raises(NotAllowed, match="单位管理员"):
        actions.add_department(school, by=make.actor("shiyan-clerk", school), at=make.AT, name="新处室")
    assert JournalHead.objects.get().seq == before
    assert not school.departments.filter(name="新处室").exists()


@pytest.mark.parametrize("change", [{"text": "{}"}, {"subject": "body/9"}])
def test_entries_cannot_be_changed(change):
    make.body()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        JournalEntry.objects.update(**change)


def test_entries_cannot_be_deleted():
    make.body()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        JournalEntry.objects.all().delete()


@pytest.mark.parametrize(
    ("damage", "seq"),
    [
        ("UPDATE journal_journalentry SET text = replace(text, '实验', '试验') WHERE seq = 1", 1),
        ("DELETE FROM journal_journalentry WHERE seq = 2", 2),
        ("UPDATE journal_journalentry SET person_name = '别人' WHERE seq = 2", 2),
        ("DELETE FROM journal_journalentry WHERE seq = 3", 3),
    ],
)
def test_damage_behind_the_triggers_is_named_by_its_first_entry(damage, seq):
    for n in range(3):
        make.body(f"b{n}", name=f"实验学校{n}")
    triggers.remove()
    with connection.cursor() as cursor:
        cursor.execute(damage)
    assert next(chain.breaks()).seq == seq


def test_triggers_stand_after_every_migration():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        names = {row[0] for row in cursor.fetchall()}
    assert {f"{table}_no_{what}" for table in triggers.APPEND_ONLY for what in ("update", "delete")} <= names


def test_a_body_is_found_under_its_superior():
    bureau = make.body("jyj", name="示范区教育局", kind="edu_bureau")
    make.body("a", parent=bureau)
    assert list(Body.objects.subtree_of(bureau, on=make.AT.date()).values_list("code", flat=True)) == ["a"]
