"""The pages of one disclosure: the page itself, its data, plain text, a clean sheet, a QR code, its attachments."""

import io
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

import segno
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from gongkai.catalogue.models import CatalogueItem
from gongkai.feedback.public import answers_acted_on_by, objections_to
from gongkai.frame.dates import cn_date
from gongkai.frame.richtext import clean, to_text
from gongkai.journal.chain import SHANGHAI
from gongkai.portal import addresses
from gongkai.portal.face import crumbs, face
from gongkai.portal.page import RENDERER, Page, from_template
from gongkai.publishing.kinds import audience_names, kind_name
from gongkai.publishing.models import Attachment, Disclosure, Edition, EditionState, Effect, Rendition, Standing
from gongkai.publishing.visibility import public_rendition

KINDS = {
    "pdf": "PDF 文件", "doc": "Word 文档", "docx": "Word 文档", "wps": "WPS 文档", "xls": "Excel 表格",
    "xlsx": "Excel 表格", "et": "WPS 表格", "csv": "数据表(CSV)", "ppt": "演示文稿", "pptx": "演示文稿",
    "ofd": "OFD 版式文件", "txt": "纯文本", "jpg": "图片", "jpeg": "图片", "png": "图片", "gif": "图片",
    "webp": "图片", "mp4": "视频", "mp3": "音频", "zip": "压缩包", "rar": "压缩包", "7z": "压缩包",
}  # fmt: skip
CRUMB = 16  # characters of an item's name in the way to a page


def kind_of_file(name: str) -> str:
    """Return what people call a file of this name."""
    ending = name.rpartition(".")[2].lower()
    return KINDS.get(ending, f"{ending.upper()} 文件" if ending.isalnum() and len(ending) < 6 else "文件")


@dataclass(frozen=True)
class Reading:
    """An edition as one set of readers sees it; `address` is where its page stands.

    `put_right`: False where it is known that nothing puts it right, so that nobody need ask.
    """

    disclosure: Disclosure
    edition: Edition
    rendition: Rendition
    address: str
    put_right: bool = True

    @cached_property
    def items(self) -> list[CatalogueItem]:
        """Return the catalogue items it was published under."""
        return list(self.edition.items.order_by("order", "pk").only("code", "name"))

    @cached_property
    def html(self) -> str:
        """Return the text, cleaned again."""
        return clean(self.rendition.html)

    @property
    def prose(self) -> SafeString:
        """Return the cleaned text for the page: wide tables scroll by themselves."""
        wide = self.html.replace("<table>", '<div class="table-scroll"><table>').replace("</table>", "</table></div>")
        return mark_safe(wide)  # noqa: S308 – what clean() let through

    @cached_property
    def files(self) -> list[dict[str, Any]]:
        """Return the attachments in order: name, address, kind, size, digest."""
        # The text found in a file is for the search; it can be long.
        attachments: list[Attachment] = list(self.rendition.attachments.defer("text"))
        names = addresses.different_names(one.name for one in attachments)
        return [
            {"name": one.name, "file": name, "url": f"{self.address}files/{name}", "kind": kind_of_file(one.name),
             "size": one.size, "sha256": one.sha256, "pk": one.pk}
            for one, name in zip(attachments, names, strict=True)
        ]  # fmt: skip

    def head_rows(self) -> list[tuple[str, str]]:
        """Return the head table."""
        edition, body = self.edition, self.disclosure.body
        effect = str(edition.get_effect_display())
        return [
            ("索引号", self.disclosure.index_number),
            ("文号", edition.document_number),
            ("信息类别", kind_name(body, edition.kind)),
            ("公开事项", "、".join(item.name for item in self.items)),
            ("发布机构", body.name),
            ("责任部门", edition.department.name if edition.department else ""),
            ("成文日期", cn_date(edition.formed_on)),
            ("公开日期", cn_date(self.disclosure.first_public_on or self.disclosure.first_published_at)),
            ("有效性", f"{effect}（{edition.effect_note}）" if edition.effect_note else effect),
            ("公开范围", audience_names(self.rendition.audiences)),
            ("向党外公开", f"{cn_date(edition.outside_on)}起，此前请勿外传" if edition.inside_only else ""),
            ("转载来源", edition.reprinted_from),
        ]

    def state_note(self) -> str:
        """Return the sentence above the text of what is no longer in force."""
        edition = self.edition
        said = {
            Effect.EXPIRED: "这份文件已经失效，只供查阅。",
            Effect.REPEALED: "这份文件已经废止，只供查阅。",
            Effect.AMENDED: "这份文件有一部分已经修改，请与新的规定一起看。",
        }
        note = said.get(Effect(edition.effect), "")
        return f"{note}{edition.effect_note}" if note else ""

    def changes(self) -> list[dict[str, Any]]:
        """Return the published editions, newest first; empty while there is only one."""
        if self.edition.number == 1:
            return []
        states = (EditionState.PUBLISHED, EditionState.SUPERSEDED)
        editions = list(self.disclosure.editions.filter(state__in=states).order_by("-number"))
        if len(editions) < 2:
            return []
        first = editions[-1]
        return [
            {"on": one.published_at, "title": "首次公开" if one == first else "修改", "text": one.change_note}
            for one in editions
        ]

    def related(self) -> list[dict[str, Any]]:
        """Return the 整改 links, in both directions."""
        found = []
        wrong = self.disclosure.puts_right
        if wrong is not None and wrong.standing == Standing.PUBLISHED and public_rendition(wrong.current):
            found.append(_link(wrong, "本条是对这条信息的整改结果"))
        if not self.put_right:
            return found
        right = self.disclosure.put_right_by.filter(standing=Standing.PUBLISHED).select_related("body", "current")
        found += [_link(one, "整改后再次公布") for one in right.order_by("pk") if public_rendition(one.current)]
        return found


def _link(disclosure: Disclosure, about: str) -> dict[str, Any]:
    edition, on = disclosure.current, disclosure.first_public_on
    return {"title": edition.title if edition else "", "url": addresses.of(disclosure), "on": on, "about": about}


def reading(disclosure: Disclosure) -> Reading | None:
    """Return what society reads of a disclosure now; None where nothing of it stands on the public site."""
    if disclosure.standing != Standing.PUBLISHED or disclosure.current is None:
        return None
    rendition = public_rendition(disclosure.current)
    return Reading(disclosure, disclosure.current, rendition, addresses.of(disclosure)) if rendition else None


def page_context(shown: Reading) -> dict[str, Any]:
    """Return the context of a disclosure's page, for society and for signed-in readers alike."""
    disclosure, edition = shown.disclosure, shown.edition
    return {
        **face(disclosure.body),
        "title": edition.title,
        "shown": shown,
        "edition": edition,
        "summary": shown.rendition.summary,
        "rows": shown.head_rows(),
        "files": shown.files,
        "changes": shown.changes(),
        "items": shown.related(),
        "heard": answers_acted_on_by(disclosure) if shown.rendition.for_society else [],
        "objections": objections_to(disclosure) if edition.notice_last_on else None,
        "heard_url": f"{addresses.home(disclosure.body)}opinions/",
        "state_note": shown.state_note(),
        "crumbs": crumbs(disclosure.body, *_way(shown)),
        "correct_url": f"{addresses.opinion_form(disclosure.body)}?about={disclosure.public_id}",
    }


def _way(shown: Reading) -> list[tuple[str, str]]:
    root = addresses.home(shown.disclosure.body)
    if shown.items:
        name = shown.items[0].name
        return [(name if len(name) <= CRUMB else f"{name[:CRUMB]}…", f"{root}item/{shown.items[0].code}/")]
    code = shown.edition.kind
    return [(kind_name(shown.disclosure.body, code), f"{root}kind/{code}/")]


def plain_text(shown: Reading) -> str:
    """Return the disclosure as plain text: title, head, text, names of the attachments."""
    head = [f"{label}：{value}" for label, value in shown.head_rows() if value]
    files = [f"附件：{file['name']}" for file in shown.files]
    parts = [shown.edition.title, "\n".join(head), shown.state_note(), shown.rendition.summary,
             to_text(shown.html), "\n".join(files)]  # fmt: skip
    return "\n\n".join(part for part in parts if part) + "\n"


def _data(shown: Reading) -> dict[str, Any]:
    disclosure, edition = shown.disclosure, shown.edition
    at = edition.published_at
    return {
        "index_number": disclosure.index_number,
        "title": edition.title,
        "body": {"code": disclosure.body.code, "name": disclosure.body.name},
        "kind": {"code": edition.kind, "name": kind_name(disclosure.body, edition.kind)},
        "items": [{"code": item.code, "name": item.name} for item in shown.items],
        "document_number": edition.document_number,
        "reprinted_from": edition.reprinted_from,
        "formed_on": edition.formed_on,
        "public_on": disclosure.first_public_on,
        "effect": edition.effect,
        "effect_note": edition.effect_note,
        "notice_last_on": edition.notice_last_on,
        "objections": asdict(objections_to(disclosure)) if edition.notice_last_on else None,
        "edition": edition.number,
        "published_at": at.astimezone(SHANGHAI).isoformat(timespec="seconds") if at else None,
        "digest": edition.digest,
        "audiences": sorted(shown.rendition.audiences),
        "summary": shown.rendition.summary,
        "text": to_text(shown.html),
        "attachments": [{key: file[key] for key in ("name", "url", "size", "sha256")} for file in shown.files],
        "changes": [{"on": one["on"].astimezone(SHANGHAI).date(), "note": one["text"]} for one in shown.changes()],
        "address": f"{settings.SITE_URL}{shown.address}",
    }


def data(shown: Reading) -> bytes:
    """Return the disclosure as JSON."""
    return (json.dumps(_data(shown), ensure_ascii=False, indent=1, default=str) + "\n").encode()


def qr(address: str) -> bytes:
    """Return the QR code (SVG) of an address of this site."""
    out = io.BytesIO()
    code = segno.make(f"{settings.SITE_URL}{address}", error="m", micro=False)
    code.save(out, kind="svg", scale=4, border=2, xmldecl=False, light="#fff")
    return out.getvalue()


def page_bytes(shown: Reading) -> bytes:
    """Return the page itself."""
    tools = [
        {"label": "下载网页", "url": f"{shown.address}print.html", "download": True},
        {"label": "下载文字", "url": f"{shown.address}text.txt", "download": True},
    ]
    context = page_context(shown) | {"tools": tools, "qr": f"{shown.address}qr.svg", "renderer": RENDERER}
    return from_template("disclosure.html", context)


def contents(shown: Reading) -> dict[str, Callable[[], bytes]]:
    """Return what stands beside the attachments at an address, by file name, the page last."""
    return {
        "qr.svg": lambda: qr(addresses.of(shown.disclosure)),
        "text.txt": lambda: plain_text(shown).encode(),
        "print.html": lambda: from_template("print.html", page_context(shown)),
        "index.json": lambda: data(shown),
        "index.html": lambda: page_bytes(shown),
    }


def pages(disclosure: Disclosure) -> list[Page]:
    """Return the files that stand under a disclosure's address now, attachments first, the page last."""
    shown = reading(disclosure)
    if shown is None:
        return []
    root, body = addresses.file_of(shown.address).removesuffix("index.html"), disclosure.body.code
    subject = f"disclosure/{disclosure.pk}"
    files = [Page(path=f"{root}files/{f['file']}", subject=subject, body=body, blob=f["sha256"]) for f in shown.files]
    return files + [
        Page(path=f"{root}{name}", subject=subject, body=body, content=make) for name, make in contents(shown).items()
    ]
