"""The form of a body's own facts."""

from typing import Any

from django import forms

from gongkai.bodies.models import Body
from gongkai.frame.colour import contrast_on_white
from gongkai.publishing.numbering import faults_of

READABLE = 4.5  # WCAG 2.2, 1.4.3


class BodyForm(forms.ModelForm):
    """Contact data, site, colour and index numbers of a body."""

    class Meta:
        model = Body
        fields = (
            "name", "short_name", "org_code", "office_name", "phone", "supervision_phone", "fax", "email", "address",
            "postcode", "office_hours", "introduction", "site_mode", "index_template", "colour", "opinion_days",
        )  # fmt: skip
        widgets = {
            "colour": forms.TextInput(attrs={"type": "color"}),
            "introduction": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "phone": "公众看得到的联系电话。",
            "supervision_phone": "公众对公开工作提意见、投诉的电话。",
            "office_hours": "例如：工作日 8:30–11:30,14:00–17:00。",
            "index_template": "可用 {org} 机构代码、{year} 年、{month} 月、{serial} 流水号；{serial:05d} 补足 5 位。",
            "colour": "公开网站和工作页面的主色；白底上要看得清。",
            "opinion_days": "收到意见后几个工作日内答复。",
        }

    def clean_colour(self) -> str:
        """Refuse a colour on which white words could not be read."""
        colour = str(self.cleaned_data["colour"]).lower()
        try:
            ratio = contrast_on_white(colour)
        except (ValueError, IndexError):
            raise forms.ValidationError("主色请写成 #1b4b8f 的样子，或者用取色框选。")
        if ratio < READABLE:
            raise forms.ValidationError(f"这个颜色太浅，和白色的对比度只有 {ratio:.1f}，至少要 4.5。请选深一些的颜色。")
        return colour

    def clean_index_template(self) -> str:
        """Refuse a template that cannot make unique numbers."""
        template = str(self.cleaned_data["index_template"])
        faults = faults_of(template)
        if faults:
            raise forms.ValidationError(faults)
        return template

    def changed(self) -> dict[str, Any]:
        """Return the fields that were changed, with their new values."""
        return {name: self.cleaned_data[name] for name in self.changed_data}
