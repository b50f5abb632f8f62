"""A worker that is really killed while it publishes: `python -m tests.stories.cut_off_worker before|after`.

It makes an installation under GONGKAI_DATA, carries one disclosure to its signature, and dies by SIGKILL either
before the commit (its files are staged) or after it (before they get their public names).
"""

import os
import signal
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.settings")
django.setup()

from django.core.management import call_command  # noqa: E402

from gongkai.journal import outbox  # noqa: E402
from tests import make  # noqa: E402


def die(payload):
    os.kill(os.getpid(), signal.SIGKILL)


def main(when):
    call_command("migrate", verbosity=0)
    school = make.school(phone="0757-88880001")
    edition = make.draft(school, title="收费公示", html="<p>住宿费每学期五百元。</p>")
    issue = make.carry(make.issue(school, edition), until="signature")
    wired = outbox._projections["edition.published"]
    if when == "before":
        wired.append(outbox.Projection(before=die))
    else:
        wired.insert(0, outbox.Projection(after=die))
    make.decide_step(issue, issue.review.steps.get(role="signature"))


if __name__ == "__main__":
    main(sys.argv[1])
