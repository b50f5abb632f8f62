"""The secrecy review's checklist: each question of `law/` answered yes, no or unsure, and one result."""

from typing import Any

from gongkai.statute import law

ANSWERS = {"yes": "是", "no": "否", "unsure": "不确定"}
Checklist = dict[str, Any]  # {"Q1": {"answer": "no", "note": ""}, …, "result": "publish", "result_note": ""}


def missing(checklist: Checklist) -> list[str]:
    """Say in Chinese what keeps an approval from resting on this checklist; empty when nothing does."""
    wrong: list[str] = []
    for code, question in law().secrecy_questions.items():
        given = checklist.get(code) or {}
        answer, note = given.get("answer", ""), str(given.get("note", "")).strip()
        if answer not in ANSWERS:
            wrong.append(f"第{code[1:]}问还没有回答：{question.text}")
        elif answer in (question.trouble, "unsure") and not note:
            wrong.append(f"第{code[1:]}问答了「{ANSWERS[answer]}」，请写明依据和处理办法：{question.advice}")
    result = law().secrecy_results.get(checklist.get("result", ""))
    if result is None:
        wrong.append("还没有选审查结论。")
    elif not result.passes:
        wrong.append(f"审查结论是「{result.name}」，不能同意公开，请退回并写明理由。")
    return wrong


def without_trouble() -> Checklist:
    """Return the answers of a text with which nothing is wrong (for demonstrations and tests)."""
    calm = {"yes": "no", "no": "yes"}
    answers: Checklist = {
        code: {"answer": calm[question.trouble], "note": ""} for code, question in law().secrecy_questions.items()
    }
    return {**answers, "result": "publish", "result_note": ""}


def told(checklist: Checklist) -> list[tuple[str, str, str]]:
    """Return a stored checklist as rows of question, answer and note, the result last."""
    rows = [
        (question.text, ANSWERS.get((checklist.get(code) or {}).get("answer", ""), "未答"), checklist[code]["note"])
        for code, question in law().secrecy_questions.items()
        if code in checklist
    ]
    result = law().secrecy_results.get(checklist.get("result", ""))
    return [*rows, ("审查结论", result.name, checklist.get("result_note", ""))] if result else rows
