"""The states a screen can show: a word, a shape and a tone for each."""

from __future__ import annotations

STATES: dict[str, tuple[str, str, str]] = {
    "late": ("●", "red", "已超期"),
    "soon": ("◐", "amber", "快到期"),
    "open": ("○", "blue", "待办"),
    "waiting": ("●", "blue", "等您处理"),
    "review": ("◔", "blue", "审批中"),
    "draft": ("○", "grey", "草稿"),
    "returned": ("↩", "amber", "被退回"),
    "done": ("✓", "green", "已完成"),
    "published": ("✓", "green", "已公开"),
    "refused": ("✕", "red", "不同意"),
    "failed": ("✕", "red", "未通过"),
    "withdrawn": ("⊘", "grey", "已撤下"),
    "expired": ("⊘", "grey", "已失效"),
    "partly": ("◑", "amber", "部分有效"),
    "never": ("□", "red", "从未公开"),
    "none": ("–", "grey", "不适用"),
    "provisional": ("?", "amber", "暂定"),
    "unchecked": ("?", "amber", "未能检查"),
    "stopped": ("‖", "amber", "停止计算"),
}


def state_parts(state: str, label: str = "") -> dict[str, str]:
    """Give shape, tone and words of a state; an unknown state shows its words beside a neutral dot."""
    shape, tone, word = STATES.get(state, ("·", "grey", state))
    return {"shape": shape, "tone": tone, "label": label or word}
