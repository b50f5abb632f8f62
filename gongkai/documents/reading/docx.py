"""Read a Word document: every story of it, and everything its reader does not see."""

import re
from collections import Counter

from lxml import etree

from gongkai.documents.blocks import to_html, to_text
from gongkai.documents.reading.document import DocumentText, Part, Problem
from gongkai.documents.reading.docx_story import Story
from gongkai.documents.reading.docx_styles import Numbering, read_styles
from gongkai.documents.reading.outline import guess_title, parts_of
from gongkai.documents.reading.package import Package, child, local
from gongkai.documents.reading.refusal import Unreadable

STORIES = (
    (r"header\d*\.xml", "header", "页眉"),
    (r"footer\d*\.xml", "footer", "页脚"),
    (r"footnotes\.xml", "note", "脚注"),
    (r"endnotes\.xml", "note", "尾注"),
    (r"comments\.xml", "comment", "批注"),
    (r"glossary/document\.xml", "cached", "文档部件库"),
)
UNSEEN = {
    "hidden_text": ("隐藏文字", True),
    "deleted": ("修订中已删除的文字", True),
    "field": ("域代码", True),
    "alt": ("图片说明文字", True),
}
DRAWN = r"(?:diagrams/data|charts/chart)\d*\.xml"


def read_docx(data: bytes, *, name: str) -> DocumentText:
    """Read a docx; raises Unreadable, ZipBomb, EncryptedFile."""
    package = Package(data)
    main = next(
        (target for kind, target in package.relations("").values() if kind == "officeDocument"),
        "word/document.xml",
    )
    if main not in package:
        raise Unreadable
    root = package.xml(main)
    body = child(root, "body")
    if body is None:
        raise Unreadable
    folder = main.rpartition("/")[0] + "/" if "/" in main else ""
    story = Story(
        read_styles(_optional(package, folder + "styles.xml")),
        Numbering(_optional(package, folder + "numbering.xml")),
    )
    blocks = story.blocks(body)
    parts = [*parts_of(blocks), *_unseen(story, "")]
    for pattern, kind, label in STORIES:
        for number, member in enumerate(package.matching(re.escape(folder) + pattern), 1):
            parts += _story(
                package.xml(member), story, kind, f"{label}{number if kind in ('header', 'footer') else ''}"
            )
    parts += _drawn(package, folder) + properties(package)
    return DocumentText(
        name=name,
        media="docx",
        title=guess_title(blocks, name=name),
        text=to_text(blocks),
        html=to_html(blocks),
        parts=tuple(parts),
        problems=tuple(_problems(package, story)),
    )


def _optional(package: Package, name: str) -> etree._Element | None:
    return package.xml(name) if name in package else None


def _story(root: etree._Element, main: Story, kind: str, label: str) -> list[Part]:
    """Read a header, footer, the notes or the comments; each note and comment is a part of its own."""
    story = Story(main.styles, main.numbering)
    single = kind in ("note", "comment")
    holders = [item for item in root if local(item) in ("footnote", "endnote", "comment")] if single else [root]
    hidden = kind in ("comment", "cached")
    parts = []
    for number, holder in enumerate(holders, 1):
        text = to_text(story.blocks(holder)).strip()
        if text:
            parts.append(Part(f"{label}{number}" if single else label, text, kind, hidden))
    main.revised = main.revised or story.revised
    main.outside += story.outside
    return parts + _unseen(story, f"{label}的")


def _unseen(story: Story, prefix: str) -> list[Part]:
    parts: list[Part] = []
    counts: Counter[str] = Counter()
    for kind, (label, hidden) in UNSEEN.items():
        for text in story.unseen.get(kind, ()):
            counts[kind] += 1
            parts.append(Part(f"{prefix}{label}{counts[kind]}", text, kind, hidden))
    return parts


def _drawn(package: Package, folder: str) -> list[Part]:
    """Read the words in charts and diagrams."""
    parts = []
    for number, member in enumerate(package.matching(re.escape(folder) + DRAWN), 1):
        words = [item.text for item in package.xml(member).iter() if local(item) in ("t", "v") and item.text]
        if words:
            parts.append(Part(f"图表或图示{number}", "\n".join(words), "body"))
    return parts


def properties(package: Package) -> list[Part]:
    """Read the file's properties (author, title, own fields), which nobody sees but everybody gets."""
    parts = []
    for member in package.matching(r"docProps/(?:core|app|custom)\.xml"):
        words = [str(text).strip() for text in package.xml(member).itertext() if str(text).strip()]
        if words:
            parts.append(Part("文档属性", "\n".join(words), "properties", hidden=True))
    return parts


def _problems(package: Package, story: Story) -> list[Problem]:
    problems = picture_problems(package)
    if story.outside:
        message = f"文档里夹带了 {story.outside} 份别的文件的内容,无法自动检查。请打开文档另存一份再上传。"
        problems.append(Problem("embedded", message, "夹带内容"))
    if story.revised:
        message = "文档带有修订痕迹。请在 Word 或 WPS 里接受全部修订后另存,再上传。"
        problems.append(Problem("revision", message, severity="warning"))
    return problems


def picture_problems(package: Package) -> list[Problem]:
    """Report pictures and embedded objects of an Office file, which nothing here can read."""
    problems = []
    pictures = package.matching(r".*/media/[^/]+")
    if pictures:
        message = f"文件里有 {len(pictures)} 张图片,图片里的文字无法自动检查,请另一人看图核对。"
        problems.append(Problem("picture", message, f"图片 {len(pictures)} 张", "warning"))
    objects = package.matching(r".*/(?:embeddings|activeX|afchunk)[^/]*/?[^/]+")
    if objects:
        message = f"文件里嵌入了 {len(objects)} 个对象(如表格、附件),无法自动检查。请删去对象,或把内容单独上传。"
        problems.append(Problem("embedded", message, f"嵌入对象 {len(objects)} 个"))
    return problems
