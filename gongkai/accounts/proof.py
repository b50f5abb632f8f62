"""Proof of work for public forms: a challenge the browser solves by itself, without an outside service."""

import base64
import json
from typing import Any

import altcha
from django.conf import settings
from django_altcha import get_altcha_challenge

HARDEST = 60_000


def challenge() -> str:
    """Return a fresh challenge as JSON; a telephone solves it in a second or two."""
    return json.dumps(get_altcha_challenge(max_number=HARDEST).__dict__)


def solved(payload: str) -> str:
    """Return the key of a valid solution, to be spent once; "" where there is none or it is too old."""
    if not payload or len(payload) > 4000:
        return ""
    try:
        right, _ = altcha.verify_solution(payload=payload, hmac_key=settings.ALTCHA_HMAC_KEY, check_expires=True)
        facts: dict[str, Any] = json.loads(base64.b64decode(payload))
    except (ValueError, KeyError, TypeError, AttributeError):
        return ""
    return f"proof:{facts['challenge']}" if right else ""
