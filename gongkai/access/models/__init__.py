"""Access requests, their course, letters, remedies and claims."""

from gongkai.access.models.claims import ClaimState, CorrectionClaim, LogEntry, RefusalCheck, Verdict
from gongkai.access.models.course import (
    CaseEvent,
    Clock,
    ClockKind,
    Consultation,
    ConsultationKind,
    FeeMethod,
    FeeNotice,
    HandOver,
    OpinionGiven,
    Reminder,
)
from gongkai.access.models.letters import Delivery, DeliveryWay, Letter, LetterState
from gongkai.access.models.remedies import Remedy, RemedyKind, RemedyResult
from gongkai.access.models.requests import (
    AccessRequest,
    AccessSettings,
    CaseState,
    Draft,
    Form,
    Identity,
    IntakeChannel,
    RequestAttempts,
    Requester,
    RequesterKind,
    RequestFile,
    SpentForm,
    Way,
)

__all__ = [
    "AccessRequest", "AccessSettings", "CaseEvent", "CaseState", "ClaimState", "Clock", "ClockKind", "Consultation",
    "ConsultationKind", "CorrectionClaim", "Delivery", "DeliveryWay", "Draft", "FeeMethod", "FeeNotice", "Form",
    "HandOver", "Identity", "IntakeChannel", "Letter", "LetterState", "LogEntry", "OpinionGiven", "RefusalCheck",
    "Remedy", "RemedyKind", "RemedyResult", "Reminder", "RequestAttempts", "Requester", "RequesterKind",
    "RequestFile", "SpentForm", "Verdict", "Way",
]  # fmt: skip
