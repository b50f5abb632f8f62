"""Forms of postings, boards and meetings; every choice is limited to the body."""

from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from gongkai.bodies.models import Body
from gongkai.catalogue.models import CatalogueItem
from gongkai.publishing.channels import channels
from gongkai.publishing.models import Board, Posting
from gongkai.publishing.proofs import LIMIT, MOST, Picture, ProofRefused, accept
from gongkai.statute import law

CHOOSE = [("", "请选择")]


class ManyFiles(forms.FileInput):
    """A file input that takes several files, and no order to clear them."""

    allow_multiple_selected = True


class ProofField(forms.FileField):
    """Several photos, screenshots or PDFs; gives a list of Picture."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Picture]:
        """Accept each file by its content; says which one cannot be taken and why."""
        files: list[UploadedFile] = [file for file in data or [] if file]
        if len(files) > MOST:
            raise forms.ValidationError(f"一次最多附 {MOST} 份证明。")
        try:
            return [accept(file.name or "", file.read(LIMIT + 1)) for file in files]
        except ProofRefused as refused:
            raise forms.ValidationError(str(refused)) from refused


def proof_field(label: str = "照片或截图") -> ProofField:
    """Return the field for proof."""
    field = ProofField(label=label, required=False, help_text="JPG、PNG、WEBP 或 PDF，每份不超过 10 MB，可选多份")
    field.widget.attrs.update({"accept": "image/*,.pdf"})
    return field


def day_field(label: str, **more: Any) -> forms.DateField:
    """Return a date field."""
    return forms.DateField(label=label, widget=forms.DateInput, **more)


class RecordForm(forms.Form):
    """When and where a posting was made, with proof; asks what the channel asks."""

    posted_on = day_field("发布日期")
    place = forms.CharField(label="网址或位置", max_length=500, required=False)
    board = forms.ModelChoiceField(Board.objects.none(), label="公开栏", required=False, empty_label="请选择")
    note = forms.CharField(label="说明", max_length=200, required=False)
    proofs = proof_field()

    def __init__(self, *args: Any, posting: Posting, on: date, **kwargs: Any) -> None:
        first = {"posted_on": posting.posted_on or on, "place": posting.place, "board": posting.board_id}
        super().__init__(*args, initial=first | {"note": posting.note if posting.posted_on else ""}, **kwargs)
        self.posting = posting
        if posting.channel == "board" and posting.body.boards.exists():
            self.fields["board"].queryset = posting.body.boards.all()
            self.fields["board"].label_from_instance = board_label
        else:
            del self.fields["board"]
        asks = law().channels[posting.channel].asks if posting.channel in law().channels else ()
        words = {"address": "网址", "recipients": "发给谁", "number": "期数或文号"}
        self.fields["place"].label = next((words[ask] for ask in asks if ask in words), "位置")

    def clean(self) -> dict[str, Any]:
        """Ask for a place or an address where the posting itself says nothing of it."""
        facts = super().clean() or {}
        if not facts.get("place") and not facts.get("board") and not self.errors:
            self.add_error("place", f"请填写{self.fields['place'].label}，以后才找得到。")
        return facts


def board_label(board: Board) -> str:
    """Return how a board is called in a list of choices."""
    return f"{board.name}（{board.place}）" if board.place else board.name


class EntryForm(forms.Form):
    """A posting nobody had planned."""

    channel = forms.ChoiceField(label="渠道")
    title = forms.CharField(label="标题", max_length=200)
    posted_on = day_field("发布日期")
    board = forms.ModelChoiceField(Board.objects.none(), label="公开栏", required=False, empty_label="不在公开栏")
    place = forms.CharField(label="网址或位置", max_length=500, required=False)
    kind = forms.ChoiceField(label="信息类别", required=False)
    item = forms.ModelChoiceField(
        CatalogueItem.objects.none(), label="公开事项", required=False, empty_label="不属于目录事项"
    )
    public = forms.ChoiceField(
        label="看得到的人", choices=[("yes", "社会公众"), ("no", "只有内部（教职工、家长群等）")]
    )
    proofs = proof_field()

    def __init__(self, *args: Any, body: Body, on: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"posted_on": on, "public": "yes"}, **kwargs)
        self.fields["channel"].choices = CHOOSE + [(code, record.name) for code, record in channels().items()]
        own = [(kind.code, kind.name) for kind in body.own_kinds.all()]
        kinds = [(code, record.name) for code, record in law().kinds.items()]
        self.fields["kind"].choices = [("", "不归类"), *kinds, *own]
        self.fields["item"].queryset = CatalogueItem.objects.filter(body=body).applicable()
        self.fields["board"].queryset = body.boards.all()
        self.fields["board"].label_from_instance = board_label

    def facts(self) -> dict[str, Any]:
        """Return what the act takes."""
        facts = dict(self.cleaned_data)
        facts["public"] = facts["public"] == "yes"
        return facts


class TakeDownForm(forms.Form):
    """When a posting was taken down, with proof or words."""

    taken_down_on = day_field("撤下日期")
    why = forms.CharField(label="说明", max_length=200, required=False, help_text="提前撤下，或没有照片时要写")
    proofs = proof_field("撤下后的照片或截图")


class BoardForm(forms.ModelForm):
    """A board and its own rule."""

    class Meta:
        model = Board
        fields = ["name", "place", "keep_days", "issues_a_year", "area"]
        help_texts = {
            "name": "如：校门口公开栏",
            "place": "如：校门口东侧",
            "keep_days": "每一期至少挂多少天",
            "issues_a_year": "一年至少几期",
            "area": "如：2 平方米",
        }


class CongressForm(forms.Form):
    """A congress or meeting; what was heard and deliberated stands one matter a line."""

    name = forms.CharField(label="会议名称", max_length=120, help_text="如：第三届教职工代表大会第二次会议")
    held_on = day_field("召开日期")
    should_attend = forms.IntegerField(label="应到人数", required=False, min_value=1)
    attended = forms.IntegerField(label="实到人数", required=False, min_value=1)
    heard = forms.CharField(label="听取的报告", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    deliberated = forms.CharField(label="审议的事项", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    note = forms.CharField(label="说明", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def facts(self) -> dict[str, Any]:
        """Return what the act takes: lists of matters for the two texts."""
        facts = dict(self.cleaned_data)
        for name in ("heard", "deliberated"):
            facts[name] = [line.strip()[:200] for line in facts[name].splitlines() if line.strip()]
        return facts
