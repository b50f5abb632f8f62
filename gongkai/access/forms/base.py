"""What every form of an act shares: its case, its words, its day, how it is carried out."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet

from gongkai.access.incoming import IncomingFile, take_in
from gongkai.access.models import AccessRequest
from gongkai.access.recording import MOST_FILES
from gongkai.bodies.scope import Scope
from gongkai.journal.actor import Actor
from gongkai.publishing.filing import Unacceptable
from gongkai.publishing.posting_forms import ManyFiles
from gongkai.statute.events import Happened

TEXT = 20_000


class ActForm(forms.Form):
    """The fields of one act on a case; `carry` does it.

    `help` says above the fields what the act means; `done` what the next page says; `sure` what is asked again.
    """

    help = ""
    done = "已记下。"
    button = ""
    sure = ""
    danger = False
    grows = False  # more rows can be asked for
    counts = False  # an amount follows from the values

    def __init__(self, *args: Any, case: AccessRequest, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.scope = case, scope
        for name, field in self.fields.items():
            if isinstance(field, forms.DateField) and field.required:
                self.initial.setdefault(name, scope.on)
        self.fill()

    def fill(self) -> None:
        """Limit the choices to this case and body, and set what is usual."""

    @classmethod
    def lacking(cls, case: AccessRequest) -> str:
        """Say in Chinese what is missing for this act though the state allows it; "" when nothing is."""
        return ""

    def carry(self, *, by: Actor, at: datetime) -> Any:
        """Do it. Raises ActRefused and NotAllowed."""
        raise NotImplementedError

    def happens(self, data: dict[str, Any]) -> tuple[Happened, ...]:
        """Return what the act would add to the case's clocks, with these values."""
        return ()

    def amount(self) -> str:
        """Return the fee that follows from the values, in words; "" where there is none."""
        return ""

    def without(self, data: dict[str, Any]) -> int | None:
        """Return the key of the event that would no longer count; None for most acts."""
        return None

    def choose(self, name: str, among: QuerySet[Any], *, label: Any = str) -> None:
        """Offer these records, the only one preselected."""
        field = self.fields[name]
        field.queryset = among  # type: ignore[attr-defined]
        field.label_from_instance = label  # type: ignore[attr-defined]
        found = list(among[:2])
        if len(found) == 1:
            self.initial.setdefault(name, found[0].pk)

    def tentative(self) -> dict[str, Any]:
        """Return the values as far as they can be read now: valid ones that were typed, else those shown first."""
        if not self.is_bound:
            return {name: self.get_initial_for_field(field, name) for name, field in self.fields.items()}
        self.is_valid()
        return dict(self.cleaned_data)


def day(label: str, **options: Any) -> forms.DateField:
    """Make a date field with the browser's own picker."""
    return forms.DateField(label=label, widget=forms.DateInput(), **options)


def words(label: str, *, rows: int = 0, most: int = 200, **options: Any) -> forms.CharField:
    """Make a text field whose refusal says how long the text is and may be."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    too_long = f"太长了：写了 %(show_value)d 字，最多 {most} 字。请删短一些。"
    field = forms.CharField(
        label=label, max_length=most, widget=widget,
        error_messages={"max_length": too_long, "required": f"请填写{label}。"}, **options,
    )  # fmt: skip
    # The browser's own cut-off would lose the end of a pasted text without a word.
    field.widget.attrs.pop("maxlength", None)
    return field


class FilesField(forms.Field):
    """Several files, read before the act so that no lock waits for them; cleaned to kept files."""

    widget = ManyFiles

    def clean(self, value: Any) -> tuple[IncomingFile, ...]:
        """Take the files in. Raises ValidationError naming one that cannot be kept."""
        try:
            return take_in(value or [], limit=settings.UPLOAD_LIMIT, most=MOST_FILES)
        except Unacceptable as refused:
            raise forms.ValidationError(str(refused)) from refused


def some_files(label: str, **options: Any) -> FilesField:
    """Make a field for any number of files, none included."""
    return FilesField(label=label, required=False, **options)


def listed(values: Iterable[str]) -> str:
    """Join words for a sentence."""
    return "、".join(values)
