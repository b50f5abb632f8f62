"""What a letter takes from the records it is about: a consultation, a fee notice, a hand-over, a claim, a delivery."""

from typing import Any

from gongkai.access.letters.case_facts import person_facts
from gongkai.access.letters.numbers import number_of
from gongkai.access.letters.voice import sentence, settings_of, shown
from gongkai.access.models import (
    ClaimState,
    Consultation,
    ConsultationKind,
    CorrectionClaim,
    Delivery,
    DeliveryWay,
    FeeMethod,
    FeeNotice,
    HandOver,
    Letter,
)
from gongkai.frame.dates import cn_date

CONSULTED_AS = {
    ConsultationKind.THIRD_PARTY: "第三方的合法权益",
    ConsultationKind.JOINT_AUTHOR: "共同制作该信息的其他机关",
    ConsultationKind.OTHER_BODY: "其他机关的职责",
}
TIERS = {
    FeeMethod.PIECE: "同一申请人同一自然月内，10件以下不收费，11件至30件的部分每件100元，"
    "31件以上每10件为一档，每件收费逐档增加100元",
    FeeMethod.PAGE: "30页以下不收费，31页至100页的部分每页10元，101页至200页的部分每页20元，201页以上的部分每页40元",
}
CLAIM_RESULTS = {
    ClaimState.RECEIVED: ("", "处理告知书"),
    ClaimState.CORRECTED: ("该信息与事实不符，已予更正。", "告知书"),
    ClaimState.REFUSED: ("该信息不予更正。", "告知书（不予更正）"),
    ClaimState.PASSED_ON: ("该信息应当由其他单位更正。", "申请转送（告知）书"),
}


def of_consultation(one: Consultation) -> dict[str, str]:
    """Return the fields of a consultation; who was asked is not among them but as the addressee."""
    return {
        "addressee": one.addressee,
        "about": sentence(shown(one.about)),
        "sent": cn_date(one.sent_on),
        "joint": "1" if one.kind == ConsultationKind.JOINT_AUTHOR else "",
        "consulted_as": CONSULTED_AS[ConsultationKind(one.kind)],
        "public_interest": sentence(shown(one.public_interest)),
    }


def of_fee(one: FeeNotice) -> dict[str, str]:
    """Return the fields of a fee notice."""
    method = FeeMethod(one.method)
    return {
        "method": str(method.label),
        "quantity": f"{one.quantity}{'件' if method == FeeMethod.PIECE else '页'}",
        "amount": str(one.amount),
        "tiers": TIERS[method],
        "pay_by": cn_date(one.due_on),
        "account": settings_of(one.case.body).fee_account or "到办公地点缴纳，或者按工作人员告知的方式缴纳",
    }


def of_hand_over(one: HandOver) -> dict[str, str]:
    """Return the fields of a request for material."""
    return {
        "addressee": one.department.name if one.department else "",
        "task": sentence(one.task),
        "until": cn_date(one.due_on),
    }


def of_claim(one: CorrectionClaim) -> dict[str, str]:
    """Return the fields of a correction claim."""
    result, word = CLAIM_RESULTS[ClaimState(one.state)]
    return {
        **person_facts(one.requester),
        "claim_number": one.number,
        "claim_received": cn_date(one.received_on),
        "record": one.record,
        "wrong": sentence(shown(one.wrong)),
        "claim_result": result,
        "corrected_word": word,
        "reasons": sentence(shown(one.reasons)),
        "passed_to": one.passed_to,
    }


def of_letter(one: Letter) -> dict[str, str]:
    """Return the fields of the letter that is being served."""
    return {"letter_title": f"《{one.title}》", "letter_number": number_of(one), "recipient": one.addressee}


def of_delivery(one: Delivery) -> dict[str, str]:
    """Return the fields of a delivery, with the letter's own."""
    posted = one.way == DeliveryWay.POST
    recipient = {"recipient": one.recipient} if one.recipient else {}
    return {
        **of_letter(one.letter),
        **recipient,
        "place": one.place,
        "delivery_way": str(one.get_way_display()),
        "delivered": cn_date(one.served_on),
        "posted": cn_date(one.served_on) if posted else "",
        "postal_number": one.postal_number,
        "signed_by": one.signed_by,
        "signed_on": cn_date(one.signed_on),
        "witness": one.witness,
        "server": one.server,
        "delivery_note": one.note,
    }


LINKS: dict[str, Any] = {
    "consultation": of_consultation, "fee": of_fee, "hand_over": of_hand_over, "claim": of_claim,
    "letter": of_letter, "delivery": of_delivery,
}  # fmt: skip


def latest_links(letter_code: str, case: Any) -> dict[str, Any]:
    """Return the case's latest record of the kind a letter is about, for letters composed without one."""
    if letter_code in ("F07", "F08", "F09", "F22"):
        return {"consultation": case.consultations.last()}
    if letter_code == "F11":
        return {"fee": case.fees.last()}
    if letter_code == "F10":
        return {"hand_over": case.hand_overs.select_related("department").last()}
    return {}
