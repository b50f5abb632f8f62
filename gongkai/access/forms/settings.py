"""The form of a body's settings for access requests."""

from typing import Any

from django import forms

from gongkai.access.models import AccessSettings

HINTS = {
    "open_online": "不勾选时，网上只显示怎样当面、邮寄申请。",
    "letter_prefix": "文书编号的前半段，如：示教公复。留空时编号只有年份和序号。",
    "reconsideration_organ": "写进答复书的救济告知，如：示范区人民政府。",
    "court": "写进答复书的救济告知，如：示范区人民法院。",
    "complaint_organ": "学校填主管教育行政部门，写进答复书的救济告知。",
    "charges_fees": "只对超过合理数量、频次的申请收费。",
    "fee_account": "缴到哪里、怎样缴，写进收费通知书。",
    "clarification_days": "告知补正时的默认天数，可以逐件修改。",
    "bulk_a_month": "同一申请人一个自然月内超过这个数，页面会提示可以要求说明理由。",
    "keeps_years": "到期后删去姓名、证件、联系方式，统计不受影响。",
    "kept_from": "这一天起的申请都在这里登记，年度报告就自动统计；留空时，没有登记过申请的年度要人工填报。",
    "shows_log": "办结后由办公室写一句概括，公开在网站上，不含申请人信息。",
}


class SettingsForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a body has settled about access requests."""

    class Meta:
        model = AccessSettings
        exclude = ("body",)
        widgets = {"kept_from": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})}  # noqa: RUF012

    def __init__(self, *args: Any, settings: AccessSettings, **kwargs: Any) -> None:
        super().__init__(*args, instance=settings, **kwargs)
        for name, field in self.fields.items():
            field.help_text = HINTS.get(name, field.help_text)
