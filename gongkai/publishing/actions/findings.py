"""Acts on screening findings: another person than the author justifies what stays."""

from datetime import datetime

from gongkai.journal.actor import Actor
from gongkai.journal.acts import ActRefused, NotAllowed, act, note
from gongkai.publishing.models import ContentFinding
from gongkai.publishing.policy import may_justify


@act("finding.justified", may=may_justify)
def justify(finding: ContentFinding, *, by: Actor, at: datetime, why: str) -> ContentFinding:
    """Record why something found may stay (or, for 未能检查, that it was looked at); never by an author."""
    finding = ContentFinding.objects.select_for_update().get(pk=finding.pk)
    if finding.edition.authors.filter(pk=by.person_id).exists():
        raise NotAllowed("作者不能为自己的文字说明理由，请由另一位同事核对并填写。")
    if len(why.strip()) < 4:
        raise ActRefused("请写明保留的理由（例如：这是学校的值班手机，本人同意公开）。")
    if len(why.strip()) > 200:
        raise ActRefused("理由最长 200 个字，请精简。")
    finding.cleared_by_id, finding.cleared_at, finding.cleared_why = by.person_id, at, why.strip()
    finding.save(update_fields=["cleared_by", "cleared_at", "cleared_why"])
    note(edition=finding.edition_id, found=finding.code, where=finding.where, why=finding.cleared_why)
    return finding


@act("finding.reopened", may=may_justify)
def reopen(finding: ContentFinding, *, by: Actor, at: datetime) -> ContentFinding:
    """Take a justification back; the finding blocks again."""
    finding.cleared_by, finding.cleared_at, finding.cleared_why = None, None, ""
    finding.save(update_fields=["cleared_by", "cleared_at", "cleared_why"])
    note(edition=finding.edition_id, found=finding.code, where=finding.where)
    return finding
