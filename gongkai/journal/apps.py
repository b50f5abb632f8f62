from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from gongkai.journal import triggers


def install_triggers(**_: Any) -> None:
    """Re-create the append-only triggers that a rebuilt table has lost."""
    triggers.install()


class RoomConfig(AppConfig):
    name = "gongkai.journal"
    label = "journal"
    verbose_name = "办理留痕"

    def ready(self) -> None:
        # The framework's only hook after a migration; no act of ours hangs on a signal.
        post_migrate.connect(install_triggers, dispatch_uid="journal-triggers")
