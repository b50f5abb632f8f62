"""Read a saved web page or an HTML export."""

from gongkai.documents.blocks import to_html, to_text
from gongkai.documents.hypertext import Page, read_page
from gongkai.documents.reading.decoding import decode
from gongkai.documents.reading.document import DocumentText, Part, Problem
from gongkai.documents.reading.outline import guess_title, parts_of


def read_html(data: bytes, *, name: str) -> DocumentText:
    """Read HTML of any usual encoding; scripts are dropped and reported."""
    decoded = decode(data)
    document = from_text(decoded.text, name=name)
    return document.with_problems(*decoded.problems)


def from_text(text: str, *, name: str = "") -> DocumentText:
    """Read HTML already decoded, a page or a fragment."""
    page = read_page(text)
    unseen = [Part(f"隐藏内容{number}", text, "hidden_text", hidden=True) for number, text in enumerate(page.hidden, 1)]
    comments = [Part(f"源码注释{number}", text, "comment", hidden=True) for number, text in enumerate(page.comments, 1)]
    return DocumentText(
        name=name,
        media="html",
        title=guess_title(page.blocks, name=name, given=page.title),
        text=to_text(page.blocks),
        html=to_html(page.blocks),
        parts=(*parts_of(page.blocks), *unseen, *comments),
        problems=tuple(_problems(page)),
    )


def _problems(page: Page) -> list[Problem]:
    problems = []
    if page.cut:
        message = "网页层层嵌套得太深,有一部分读不出来。请复制文字到空白文档,另存后再上传。"
        problems.append(Problem("unreadable_part", message, "网页后部"))
    if page.scripts:
        problems.append(Problem("script", f"网页里有 {page.scripts} 处脚本,已去掉,不会带入草稿。", severity="note"))
    if page.pictures:
        message = f"网页里有 {page.pictures} 张图片或嵌入内容,里面的文字无法自动检查,请另一人看图核对。"
        problems.append(Problem("picture", message, f"图片 {page.pictures} 张", "warning"))
    return problems
