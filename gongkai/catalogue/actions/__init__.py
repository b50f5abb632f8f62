"""Acts on a body's catalogue: adopting, adapting, what is due, what was met."""

from gongkai.catalogue.actions.adopting import adapt, adopt, mark_applicable, mark_not_applicable, retire
from gongkai.catalogue.actions.duties import (
    confirm,
    follow_draft,
    meet,
    meet_all,
    record_formed,
    refresh_obligations,
    unmeet,
)
from gongkai.catalogue.actions.settling import (
    add_own_item,
    choose_rule,
    confirm_equivalence,
    drop_equivalence,
    enter_term,
    remove_term,
)

__all__ = [
    "adapt", "add_own_item", "adopt", "choose_rule", "confirm", "confirm_equivalence", "drop_equivalence",
    "enter_term", "follow_draft", "mark_applicable", "mark_not_applicable", "meet", "meet_all", "record_formed",
    "refresh_obligations", "remove_term", "retire", "unmeet",
]  # fmt: skip
