"""The act by which a body settles how it handles access requests."""

from datetime import date, datetime
from typing import TypedDict, Unpack

from gongkai.access.models import AccessSettings
from gongkai.access.recording import clean_fields
from gongkai.bodies.models import Body
from gongkai.bodies.policy import MANAGERS, holds
from gongkai.journal import outbox
from gongkai.journal.actor import Actor
from gongkai.journal.acts import ActRefused, act, note

RANGES = {"clarification_days": (5, 60, "补正期限应在5到60个工作日之间。"),
          "bulk_a_month": (2, 1000, "“一个月内多少件算大量”应在2到1000件之间。"),
          "keeps_years": (1, 30, "申请人信息应保留1到30年。")}  # fmt: skip


class SettingsFacts(TypedDict, total=False):
    """The fields of AccessSettings."""

    open_online: bool
    letter_prefix: str
    reconsideration_organ: str
    court: str
    complaint_organ: str
    charges_fees: bool
    fee_account: str
    clarification_days: int
    bulk_a_month: int
    keeps_years: int
    shows_log: bool
    kept_from: date | None


@act("access.settings_saved", may=holds(*MANAGERS))
def save_settings(body: Body, *, by: Actor, at: datetime, **fields: Unpack[SettingsFacts]) -> AccessSettings:
    """Settle these fields; the others stay as they are. Raises ActRefused for a number out of its range."""
    if unknown := set(fields) - set(SettingsFacts.__annotations__):
        raise TypeError(f"save_settings() takes no {', '.join(sorted(unknown))}")
    for name, (least, most, why) in RANGES.items():
        value = fields.get(name)
        if isinstance(value, int) and not least <= value <= most:
            raise ActRefused(why)
    settings, _ = AccessSettings.objects.get_or_create(body=body)
    for name, value in clean_fields(AccessSettings, dict(fields)).items():
        setattr(settings, name, value)
    if settings.charges_fees and not settings.fee_account:
        raise ActRefused("收取信息处理费的，请写明缴费办法，申请人要照着缴纳。")
    settings.save()
    outbox.put("body.changed", body=body.pk)  # guide and doors say how to ask
    kept = {"kept_from": settings.kept_from.isoformat()} if settings.kept_from else {}
    note(**{name: value for name, value in fields.items() if isinstance(value, bool | int)}, **kept)
    return settings
