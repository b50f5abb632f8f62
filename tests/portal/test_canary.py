"""Canary words in everything that is not for the public; then every byte of the site is searched for them."""

import zipfile
from io import BytesIO

import pytest

from gongkai.catalogue import actions as catalogue
from gongkai.catalogue.models import CatalogueItem
from gongkai.feedback import actions as feedback
from gongkai.journal import outbox
from gongkai.portal.rebuild import rebuild
from gongkai.publishing.actions import drafting, release
from tests import make
from tests.portal.world import everything, published, school

pytestmark = pytest.mark.django_db
CANARY = "金丝雀"


def hidden(body, word):
    """Put the word wherever staff, readers, writers of opinions and the journal keep what is not public."""
    clerk, editor = make.actor("shiyan-clerk", body), make.actor("shiyan-editor", body)
    make.draft(body, title=f"{word}草稿", html=f"<p>{word}草稿正文</p>")
    make.carry(make.issue(body, make.draft(body, title=f"{word}在审")), until="secrecy")
    published(body, title=f"{word}教职工", audiences=["STF"], html=f"<p>{word}内部</p>")
    both = make.draft(body, title="两种读者", html="<p>给社会的话</p>")
    inner = drafting.add_rendition(both, by=editor, at=make.AT, audiences=["STF"])
    both.refresh_from_db()
    drafting.save(both, by=editor, at=make.AT, version=both.version,
                  renditions={inner.pk: {"html": f"<p>{word}给教职工的话</p>"}})  # fmt: skip
    drafting.attach(both, by=editor, at=make.AT, name=f"{word}内部.txt", data=word.encode(),
                    rendition=inner)  # fmt: skip
    make.carry(make.issue(body, both))
    outbox.drain()
    gone = published(body, title=f"{word}撤回", html=f"<p>{word}撤回正文</p>", kind="finance")
    release.withdraw(gone, by=clerk, at=make.AT, reason="personal", why=f"{word}来电")
    once = published(body, title="改过的", html=f"<p>{word}旧版</p>")
    make.carry(make.issue(body, revised(once, word, clerk), route="full"))
    opinion(body, word)
    item = CatalogueItem.objects.filter(body=body).first()
    catalogue.adapt(item, by=clerk, at=make.AT, note=f"{word}备注")
    outbox.drain()


def revised(one, word, clerk):
    edition = release.revise(one, by=clerk, at=make.AT, reason=f"{word}修改原因", change_note="更正一处错误")
    rendition = edition.renditions.get()
    return drafting.save(edition, by=clerk, at=make.AT, version=edition.version,
                         renditions={rendition.pk: {"html": "<p>新版</p>"}})  # fmt: skip


def opinion(body, word):
    clerk, on = make.actor("shiyan-clerk", body), make.AT.date()
    told = {
        "title": f"{word}来信",
        "text": f"{word}来信内容",
        "writer_name": f"{word}某",
        "writer_contact": f"{word}电话",
    }
    answered = feedback.enter(body, by=clerk, at=make.AT, channel="phone", received_on=on, kind="opinion", **told)
    feedback.answer(answered, by=clerk, at=make.AT, text="已经整改。")
    feedback.open_answer(answered, by=clerk, at=make.AT, public_question="食堂的菜价怎么定")
    silent = feedback.enter(body, by=clerk, at=make.AT, channel="box", received_on=on, kind="report", **told)
    feedback.answer(silent, by=clerk, at=make.AT, text=f"{word}不公开的答复")


def bytes_of_everything():
    """Return every file by path; zipped office files unpacked."""
    for path, content in everything().items():
        yield path, content
        if content[:2] == b"PK":
            with zipfile.ZipFile(BytesIO(content)) as packed:
                yield from ((f"{path}!{name}", packed.read(name)) for name in packed.namelist())


@pytest.mark.parametrize("anew", [False, True])
def test_no_byte_of_the_public_site_says_what_is_not_public(anew):
    body = school()
    hidden(body, CANARY)
    if anew:
        rebuild()
    pages = dict(bytes_of_everything())
    assert any("给社会的话".encode() in content for content in pages.values())
    assert any("食堂的菜价怎么定".encode() in content for content in pages.values())
    assert any("更正一处错误".encode() in content for content in pages.values())
    needles = [CANARY.encode(coding) for coding in ("utf-8", "gb18030", "utf-16-le")]
    needles.append(CANARY.encode("unicode_escape"))
    leaks = [path for path, content in pages.items() if any(needle in content for needle in needles)]
    assert leaks == [path for path in pages if CANARY in path] == []
