"""Who acts: a person in a post of a body, by code and name, so that the journal outlives all three."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Name the person, post and body of an act; codes and names are copied, never linked."""

    person_id: int | None
    person_code: str
    person_name: str
    post_name: str
    body_code: str
    body_name: str
    is_system: bool = False

    @classmethod
    def system(cls, *, body_code: str = "", body_name: str = "") -> "Actor":
        """Return the platform itself (background work) as the actor."""
        return cls(
            person_id=None, person_code="system", person_name="平台", post_name="后台任务",
            body_code=body_code, body_name=body_name, is_system=True,
        )  # fmt: skip

    @classmethod
    def public(cls, *, body_code: str, body_name: str) -> "Actor":
        """Return an unnamed member of the public; the journal keeps no personal data of outsiders."""
        return cls(
            person_id=None, person_code="public", person_name="公众", post_name="",
            body_code=body_code, body_name=body_name,
        )  # fmt: skip
