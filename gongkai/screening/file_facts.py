"""Findings about the file itself: what it hides and what nobody could check."""

from collections.abc import Iterator

from gongkai.documents.reading.document import DocumentText, Part, Problem
from gongkai.screening.finding import Finding, Severity

HIDDEN = {
    "hidden_sheet": ("error", "有隐藏的工作表,公开后别人可以取消隐藏看到内容", "删去或取消隐藏"),
    "hidden_row": ("error", "有隐藏的行,公开后别人可以取消隐藏看到内容", "删去或取消隐藏"),
    "hidden_column": ("error", "有隐藏的列,公开后别人可以取消隐藏看到内容", "删去或取消隐藏"),
    "hidden_text": ("error", "有隐藏的文字,公开后别人可以看到", "删去或取消隐藏"),
    "comment": ("warning", "有批注或备注,会随文件一起公开", "删去批注"),
    "deleted": ("warning", "修订里已删除的文字还留在文件中,会随文件一起公开", "接受全部修订后另存"),
    "cached": ("warning", "文件里存有别处数据的副本(如透视表缓存、外部链接、部件库)", "粘贴为数值后另存"),
}
UNCHECKED = frozenset({"picture", "scan", "embedded", "archive", "unsupported", "unreadable_part"})
SEVERITIES: dict[str, Severity] = {"error": "error", "warning": "warning", "note": "note"}


def hidden_content(document: DocumentText) -> Iterator[Finding]:
    """Report hidden sheets, rows, columns, texts, comments and left-overs, one finding a kind and sheet."""
    groups: dict[tuple[str, str], list[Part]] = {}
    for part in document.parts:
        if part.hidden and part.kind in HIDDEN:
            groups.setdefault((part.kind, part.where.partition("!")[0]), []).append(part)
    joined: dict[tuple[str, str], list[Part]] = {}
    for (kind, where), parts in groups.items():
        joined.setdefault((kind, where if where.startswith("sheet ") else ""), []).extend(parts)
    for (kind, _), parts in joined.items():
        severity, fact, remedy = HIDDEN[kind]
        place = parts[0].place or parts[0].where
        more = f"等 {len(parts)} 处" if len(parts) > 1 else ""
        message = f"{place}{more}:{fact}。请{remedy}后再上传;确需保留的,由另一人说明理由。"
        yield Finding(kind, "hidden", SEVERITIES[severity], parts[0].where, "", message)


def problems_of_the_file(document: DocumentText) -> Iterator[Finding]:
    """Report what could not be checked, macros, disguises and doubtful encodings."""
    for problem in document.problems:
        yield finding_of(problem)


def finding_of(problem: Problem) -> Finding:
    """Turn a problem of reading into a finding; what was not checked never passes."""
    if problem.code in UNCHECKED:
        where = problem.where or "整个文件"
        return Finding("unchecked", "unchecked", "error", where, "", f"未能检查:{problem.message}")
    kind = "macro" if problem.code in ("macro", "executable") else "file"
    severity = SEVERITIES.get(problem.severity, "error")
    return Finding(problem.code, kind, severity, problem.where, "", problem.message)
