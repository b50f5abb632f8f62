"""Database triggers that refuse UPDATE and DELETE on append-only tables, on SQLite and PostgreSQL.

SQLite drops a table's triggers when a migration rebuilds it, so they are installed after every migrate.
"""

from django.db import connection

APPEND_ONLY = ("journal_journalentry", "review_decision")
# A decision may be marked voided; its other columns never change.
FREE_COLUMNS = {"review_decision": ("voided_at", "voided_why")}


def _sqlite(table: str, columns: list[str]) -> list[str]:
    fixed = [c for c in columns if c not in FREE_COLUMNS.get(table, ())]
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_update BEFORE UPDATE OF {', '.join(fixed)} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END",
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_delete BEFORE DELETE ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END",
    ]


def _postgresql(table: str, columns: list[str]) -> list[str]:
    fixed = [c for c in columns if c not in FREE_COLUMNS.get(table, ())]
    return [
        "CREATE OR REPLACE FUNCTION gongkai_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME; END $$",
        f"DROP TRIGGER IF EXISTS {table}_no_update ON {table}",
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE OF {', '.join(fixed)} ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION gongkai_append_only()",
        f"DROP TRIGGER IF EXISTS {table}_no_delete ON {table}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION gongkai_append_only()",
    ]


def install() -> None:
    """Install the triggers on every append-only table that exists."""
    statements = _postgresql if connection.vendor == "postgresql" else _sqlite
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        for table in APPEND_ONLY:
            if table in present:
                columns = [c.name for c in connection.introspection.get_table_description(cursor, table)]
                for statement in statements(table, columns):
                    cursor.execute(statement)


def remove() -> None:
    """Remove the triggers (only a test database is ever flushed)."""
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        for table in APPEND_ONLY:
            if table in present:
                for name in (f"{table}_no_update", f"{table}_no_delete"):
                    on = f" ON {table}" if connection.vendor == "postgresql" else ""
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
