"""The letters that carry reminders out of the house: one a person, by case number only, no personal data.

By default they are laid into the file outbox (GONGKAI_DATA/mail); EMAIL_URL sends them by SMTP.
"""

from datetime import date, datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail

from gongkai.access.models import Reminder
from gongkai.access.reminders import STAGES
from gongkai.bodies.desk import days_to

TRIED_FOR = timedelta(days=7)
A_RUN = 1000


def send_waiting(at: datetime) -> int:
    """Send what has not gone out yet and return how many reminders went; what fails is tried again for a week."""
    waiting = (
        Reminder.objects.filter(mailed_at=None, at__gte=at - TRIED_FOR)
        .exclude(person__email="").select_related("clock__case__body", "person").order_by("due_on", "pk")[:A_RUN]
    )  # fmt: skip
    letters: dict[tuple[int, int], list[Reminder]] = {}
    for reminder in waiting:
        letters.setdefault((reminder.person_id, reminder.clock.case.body_id), []).append(reminder)
    return sum(_send(reminders, at=at) for reminders in letters.values())


def _send(reminders: list[Reminder], *, at: datetime) -> int:
    first = reminders[0]
    body = first.clock.case.body
    lines = [_line(reminder, on=at.date()) for reminder in reminders]
    text = f"{first.person.name}：\n\n{body.name}有依申请公开事项等待办理：\n\n" + "\n".join(lines)
    text += f"\n\n请登录后在「待办」里办理：{settings.SITE_URL}/desk/\n"
    subject = f"【信息公开】{body.label}有 {len(reminders)} 件申请{STAGES[first.stage]}"
    found = Reminder.objects.filter(pk__in=[reminder.pk for reminder in reminders])
    try:
        send_mail(subject, text, None, [first.person.email])
    except (OSError, SMTPException) as error:
        found.update(mail_error=type(error).__name__)
        return 0
    return found.update(mailed_at=at, mail_error="")


def _line(reminder: Reminder, *, on: date) -> str:
    clock, due_on = reminder.clock, reminder.due_on
    day = f"{due_on.year}年{due_on.month}月{due_on.day}日"
    return f"· 第{clock.case.number}号：{clock.get_kind_display()}，{day}，{days_to(due_on, on=on)}"
