"""Template tags of the frame room; docs/frame.md shows each with a sample."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.template.base import NodeList
from django.template.context import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY, BlockNode
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from gongkai.frame import dates, look, richtext
from gongkai.frame.fields import field_parts, plain_errors
from gongkai.frame.states import state_parts

register = template.Library()
register.filter("cn_date", dates.cn_date)
register.filter("cn_date_weekday", dates.cn_date_weekday)
register.filter("cn_time", dates.cn_time)
register.filter("file_size", dates.file_size)


@register.filter
def iso_date(value: datetime.date | str | None) -> str:
    """Write a date for a datetime attribute."""
    day = dates.as_date(value)
    return day.isoformat() if day else ""


def _render_block(context: Context, name: str) -> str:
    block_context = context.render_context.get(BLOCK_CONTEXT_KEY)
    if block_context is None or block_context.get_block(name) is None:
        return ""
    return BlockNode(name, NodeList()).render(context).strip()


@register.simple_tag(takes_context=True)
def page_title(context: Context) -> SafeString:
    """Repeat the block `title`, so that a page writes its heading once."""
    return mark_safe(_render_block(context, "title"))  # noqa: S308 – output of a template block


@register.simple_tag(takes_context=True)
def filled_block(context: Context, name: str) -> SafeString:
    """Render a block of the page into a variable; empty when the page does not fill it."""
    return mark_safe(_render_block(context, name))  # noqa: S308 – output of a template block


@register.simple_tag(takes_context=True)
def look_classes(context: Context) -> str:
    """Give the html element its classes for large type and high contrast."""
    return look.classes(context.get("request"))


@register.simple_tag(takes_context=True)
def look_links(context: Context) -> list[dict[str, str]]:
    """List the links that switch large type and high contrast."""
    request = context.get("request")
    chosen = look.chosen(request)
    back = urlencode({"next": request.get_full_path() if request else "/"})
    return [
        {
            "look": name,
            "label": off if name in chosen else on,
            "url": f"{reverse('look', args=[name])}?{back}",
        }
        for name, (on, off) in look.LABELS.items()
    ]


@register.simple_tag
def state_badge(state: str, label: str = "") -> SafeString:
    """Show a state as shape and word."""
    parts = state_parts(state, label)
    return format_html(
        '<span class="badge-state {}"><span aria-hidden="true">{}</span><span>{}</span></span>',
        parts["tone"],
        parts["shape"],
        parts["label"],
    )


@register.simple_tag
def days_left(due: datetime.date | None, on: datetime.date, working_days: int | None = None) -> SafeString | str:
    """Show the days left until `due`, counted from `on`; `working_days` is the count the law engine gave."""
    if due is None:
        return ""
    state, words = dates.days_left(due, on=on, working_days=working_days)
    return state_badge(state, words)


@register.inclusion_tag("frame/components/field.html")
def field(bound: BoundField, hint: str = "", label: str = "") -> dict[str, Any]:
    """Show a form field with label, hint, error and input."""
    return field_parts(bound, hint=hint, label=label)


@register.inclusion_tag("frame/components/form_errors.html")
def form_errors(*forms: BaseForm) -> dict[str, Any]:
    """Sum up the errors of one or more forms, each linking to its field."""
    found = []
    for form in forms:
        found += [{"id": "", "text": text} for text in form.non_field_errors()]
        for bound in form:
            target = f"{bound.auto_id}_0" if bound.use_fieldset else bound.auto_id
            found += [{"id": target, "text": text, "label": bound.label} for text in plain_errors(bound)]
    return {"errors": found}


@register.inclusion_tag("frame/components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any]) -> dict[str, Any]:
    """Show the pages of a list; `page_url` (with %d in it) in the context replaces the query form."""
    query = context["request"].GET.copy() if context.get("request") else None
    pattern = context.get("page_url")

    def address(number: int) -> str:
        if pattern:
            return str(pattern) % number if number > 1 else str(context.get("first_page_url") or pattern % 1)
        params = query.copy() if query is not None else {}
        params["page"] = str(number)
        return "?" + (params.urlencode() if hasattr(params, "urlencode") else urlencode(params))

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    links = [{"number": n, "url": address(n) if isinstance(n, int) else ""} for n in numbers]
    return {
        "page": page,
        "links": links,
        "previous": address(page.number - 1) if page.has_previous() else "",
        "next": address(page.number + 1) if page.has_next() else "",
    }


@register.inclusion_tag("frame/components/empty.html")
def empty(title: str, text: str = "", url: str = "", label: str = "") -> dict[str, str]:
    """Say what will stand here and how to start."""
    return {"title": title, "text": text, "url": url, "label": label}


@register.inclusion_tag("frame/components/coverage.html")
def coverage_bar(done: int, total: int, late: int = 0, label: str = "公开覆盖率") -> dict[str, Any]:
    """Show how many of the items that apply are public, and how many are late."""
    share = 100 * done / total if total else 0
    return {
        "done": done,
        "total": total,
        "late": late,
        "missing": total - done,
        "label": label,
        "done_width": round(share, 1),
        "late_width": round(100 * late / total if total else 0, 1),
    }


@register.inclusion_tag("frame/components/steps.html")
def steps(items: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Show the steps of a chain: dicts of name, who, on, note and state.

    A state is done, current, waiting, returned or skipped.
    """
    shapes = {"done": "✓", "returned": "↩", "skipped": "–"}
    words = {
        "done": "已同意",
        "current": "正在办理",
        "waiting": "",
        "returned": "已退回",
        "skipped": "本次免办",
    }
    return {
        "steps": [
            {
                **item,
                "shape": shapes.get(item["state"], str(n)),
                "word": item.get("note") or words[item["state"]],
            }
            for n, item in enumerate(items, start=1)
        ]
    }


@register.inclusion_tag("frame/components/timeline.html")
def timeline(items: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Show events: dicts of on or at, title, and where known text, who, url, cite, state (now, ahead)."""
    return {"items": items}


@register.inclusion_tag("frame/components/days.html")
def day_strip(days: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Show a clock as days: dicts of on, counted, n, why, and where true past, today, due."""
    return {"days": days}


@register.inclusion_tag("frame/components/summary.html")
def summary_list(rows: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """Show pairs of a name and a value; rows without a value are left out."""
    return {"rows": [(name, value) for name, value in rows if value not in (None, "")]}


@register.inclusion_tag("frame/site/files.html")
def file_list(files: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Show files: dicts of name, url, kind, size in bytes, and where there is one a note."""
    return {"files": files}


@register.simple_tag
def diff_html(old: str, new: str) -> SafeString:
    """Show what changed between two cleaned texts."""
    return mark_safe(richtext.diff(old, new))  # noqa: S308 – built from cleaned texts


@register.filter
def rich(html: str) -> SafeString:
    """Show rich text; it is cleaned again, so nothing stored by another way can run."""
    return mark_safe(richtext.clean(html))  # noqa: S308 – this is the boundary
