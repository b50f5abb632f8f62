"""The acts of a review, by name; each lives in the file of its matter."""

from gongkai.review.actions.chains import adopt_default_chains, end_chain, save_chain
from gongkai.review.actions.course import (
    Candidate,
    edited,
    remind,
    remove,
    resubmit,
    stand_aside,
    start,
)
from gongkai.review.actions.deciding import (
    AlreadyDecided,
    Outcome,
    StaleDigest,
    decide,
    hold_meeting,
)

__all__ = [
    "AlreadyDecided", "Candidate", "Outcome", "StaleDigest", "adopt_default_chains", "decide", "edited", "end_chain",
    "hold_meeting", "remind", "remove", "resubmit", "save_chain", "stand_aside", "start",
]  # fmt: skip
