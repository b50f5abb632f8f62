"""Template tags of the report pages."""

from collections.abc import Mapping
from typing import Any

from django import template

from gongkai.reporting.papers import written

register = template.Library()
register.filter("written", written)


@register.simple_tag
def get_item(mapping: Mapping[str, Any], key: str) -> Any:
    """Return an entry of a mapping by a key that is itself a variable."""
    return mapping[key]
