"""On which day a letter counts as given, and what must prove it (国办公开办函〔2016〕235号)."""

import re
from datetime import date

from gongkai.access.models import Delivery, DeliveryWay
from gongkai.journal.acts import ActRefused

# 邮政企业的邮件号：国际格式两字母九数字两字母，或者国内的十三位数字。
POSTAL = re.compile(r"[A-Z]{2}\d{9}[A-Z]{2}|\d{13}")
SIGNED = (DeliveryWay.IN_PERSON, DeliveryWay.ENTRUSTED)


def served_day(delivery: Delivery, said: date | None) -> date:
    """Return the day a service counts from. Raises ActRefused naming the proof that is lacking."""
    if delivery.way not in DeliveryWay.values:
        raise ActRefused("请选择送达方式。")
    check = {DeliveryWay.POST: _posted, DeliveryWay.LEFT: _left, DeliveryWay.ELECTRONIC: _sent}
    if delivery.way in SIGNED:
        return _signed(delivery, said)
    return check[DeliveryWay(delivery.way)](delivery, said)


def _signed(delivery: Delivery, said: date | None) -> date:
    if not delivery.signed_by:
        raise ActRefused("直接送达、委托送达的，请填写签收人。对方拒绝签收的，请选“留置送达”并写明见证人。")
    delivery.signed_on = delivery.signed_on or said
    if delivery.signed_on is None:
        raise ActRefused("请填写签收日期，签收之日为送达日期。")
    if said is not None and said != delivery.signed_on:
        raise ActRefused("送达日期和签收日期不一致：直接送达、委托送达以签收之日为送达日期。")
    return delivery.signed_on


def _posted(delivery: Delivery, said: date | None) -> date:
    number = delivery.postal_number.replace(" ", "").upper()
    if not POSTAL.fullmatch(number):
        raise ActRefused(
            "请填写邮政挂号信或者邮政特快专递的13位邮件号。答复应当通过邮政企业邮寄，其他快递公司的单号不能作为证明。"
        )
    delivery.postal_number = number
    return _said(said, "请填写交邮日期，交邮之日为送达日期。")


def _left(delivery: Delivery, said: date | None) -> date:
    if not delivery.witness or not delivery.place:
        raise ActRefused("留置送达的，请写明送达地点和见证人。")
    return _said(said, "请填写留置的日期。")


def _sent(delivery: Delivery, said: date | None) -> date:
    return _said(said, "请填写发出日期，发出之日为送达日期。")


def _said(said: date | None, ask: str) -> date:
    if said is None:
        raise ActRefused(ask)
    return said
