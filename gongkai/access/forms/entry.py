"""The office's form: by which channel a request came, on which days, and what it says."""

from datetime import date
from typing import Any

from django import forms

from gongkai.access.forms.intake import AskerForm, FilesField, RequestForm
from gongkai.access.models import IntakeChannel
from gongkai.access.progress import receipt_rule
from gongkai.bodies.models import Body
from gongkai.publishing.posting_forms import day_field

# The days each channel needs, with their own names where the plain one would mislead.
DAYS: dict[str, dict[str, tuple[str, str]]] = {
    IntakeChannel.COUNTER: {"submitted_on": ("当面提交的日期", "这一天就是收到申请之日")},
    IntakeChannel.MAIL_SIGNED: {
        "submitted_on": ("寄出日期", "看邮戳"), "signed_on": ("签收日期", "看回执或快递单；这一天就是收到申请之日"),
    },
    IntakeChannel.MAIL_PLAIN: {
        "submitted_on": ("寄出日期", "看邮戳"), "arrived_on": ("实际收到的日期", "当天要与申请人确认"),
    },
    IntakeChannel.MAIL_MISDIRECTED: {
        "submitted_on": ("寄出日期", "看邮戳"), "arrived_on": ("转到本办公室的日期", "当天要与申请人确认"),
    },
    IntakeChannel.EMAIL: {
        "submitted_on": ("发出日期", "看邮件"), "arrived_on": ("到达邮箱的日期", "当天要与申请人确认"),
    },
    IntakeChannel.FAX: {"submitted_on": ("传真日期", "当天要与申请人确认")},
}  # fmt: skip
OFFICE_MOST = 10


class ChannelForm(AskerForm):
    """The first two questions of the office: how did it come, and from whom."""

    channel = forms.ChoiceField(
        label="怎样收到的", widget=forms.RadioSelect, error_messages={"required": "请选择怎样收到的。"}
    )
    field_order = ("channel", "who")

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, body=body, **kwargs)
        names = dict(IntakeChannel.choices)
        self.fields["channel"].choices = [(code, names[code]) for code in DAYS]  # type: ignore[attr-defined]
        self.fields["who"].label = "申请人"


class EntryForm(RequestForm):
    """A request that came on paper, by e-mail or fax: as complete as it came, what is missing is asked for later."""

    strict = False
    files = FilesField(
        label="扫描件", required=False, help_text="申请表、信封、证件复印件等，最多 10 个。带宏的文件和程序收不了"
    )

    def __init__(self, *args: Any, channel: str, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.channel, self.on = channel, on
        days = {name: day_field(label, help_text=hint, initial=on) for name, (label, hint) in DAYS[channel].items()}
        self.fields = days | {name: field for name, field in self.fields.items() if name not in days}  # dates first
        self.fields["wanted"].help_text = "照申请表写；只有一句话的可以不填"

    def clean(self) -> dict[str, Any]:
        """Refuse days to come and days in the wrong order."""
        given = super().clean() or {}
        sent = given.get("submitted_on")
        for name in DAYS[self.channel]:
            day = given.get(name)
            if day and day > self.on:
                self.add_error(name, f"{self.fields[name].label}不能晚于今天，请核对。")
            elif day and sent and day < sent:
                self.add_error(name, f"{self.fields[name].label}早于{self.fields['submitted_on'].label}，请核对。")
        return given

    def days(self) -> dict[str, date]:
        """Return the days of the channel."""
        return {name: self.cleaned_data[name] for name in DAYS[self.channel]}

    @property
    def about_arrival(self) -> list[forms.BoundField]:
        """Return the day fields."""
        return [self[name] for name in DAYS[self.channel]]

    @property
    def channel_name(self) -> str:
        """Return how the request came."""
        return str(IntakeChannel(self.channel).label)

    @property
    def rule(self) -> str:
        """Return which day counts for the channel."""
        return receipt_rule(self.channel)
