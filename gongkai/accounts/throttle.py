"""How often a sender without proof of work may use a public form before a plain question is asked.

Nobody is refused: over the limit the form comes back filled in, with a question that every reader can answer.
"""

import hashlib
import hmac
import secrets
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core import signing
from django.db.models import F, Manager
from django.http import HttpRequest

from gongkai.accounts.client import client_address

FREE_AN_HOUR = 5
LOOKUPS_AN_HOUR = 30
QUESTION_SECONDS = 3600
DIGITS = "零一二三四五六七八九"


def sender_of(request: HttpRequest, *, at: datetime, what: str) -> str:
    """Return a keyed digest of the sender's address that changes every day."""
    text = f"{what}|{client_address(request)}|{at:%Y-%m-%d}"
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def count(attempts: Manager[Any], sender: str, *, at: datetime) -> int:
    """Count one more use by a sender in this hour and return the number so far.

    `attempts` are a room's own rows of `key`, `hour` and `count`.
    """
    hour = at.replace(minute=0, second=0, microsecond=0)
    attempts.get_or_create(key=sender, hour=hour)
    attempts.filter(key=sender, hour=hour).update(count=F("count") + 1)
    return int(attempts.get(key=sender, hour=hour).count)


def question() -> tuple[str, str]:
    """Return a plain question and the sealed answer that travels with the form."""
    first, second = secrets.randbelow(8) + 1, secrets.randbelow(8) + 1
    sealed = signing.dumps([first + second, secrets.token_hex(8)], salt="plain.question")
    return f"{DIGITS[first]}加{DIGITS[second]}等于几？请填数字。", sealed


def answers(sealed: str, given: str) -> bool:
    """Tell whether what was written answers the sealed question (valid for an hour)."""
    try:
        wanted, _ = signing.loads(sealed, salt="plain.question", max_age=QUESTION_SECONDS)
    except signing.BadSignature:
        return False
    return given.strip() == str(wanted)
