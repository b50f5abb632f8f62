"""Acts on screening findings: another person than the author justifies what stays, and that can be taken back."""

from datetime import datetime

from gongkai.journal.actor import Actor
from gongkai.journal.acts import ActRefused, NotAllowed, act, note
from gongkai.publishing.gate import still_blocks
from gongkai.publishing.models import ContentFinding
from gongkai.publishing.policy import may_justify, may_reopen

CLEARANCE = ("cleared_by", "cleared_at", "cleared_why")


@act("finding.justified", may=may_justify)
def justify(finding: ContentFinding, *, by: Actor, at: datetime, why: str) -> ContentFinding:
    """Record why something found may stay (or, for 未能检查, that it was looked at); never by an author."""
    finding = ContentFinding.objects.select_for_update().get(pk=finding.pk)
    if finding.edition.authors.filter(pk=by.person_id).exists():
        raise NotAllowed("作者不能为自己的文字说明理由，请由另一位同事核对并填写。")
    _refuse_reason(why, "请写明保留的理由（例如：这是学校的值班手机，本人同意公开）。")
    finding.cleared_by_id, finding.cleared_at, finding.cleared_why = by.person_id, at, why.strip()
    finding.reopened_by = finding.reopened_why = ""
    finding.save(update_fields=[*CLEARANCE, "reopened_by", "reopened_why"])
    note(edition=finding.edition_id, found=finding.code, where=finding.where, why=finding.cleared_why)
    return finding


@act("finding.reopened", may=may_reopen)
def reopen(finding: ContentFinding, *, by: Actor, at: datetime, why: str) -> ContentFinding:
    """Take a justification back, with a reason: the finding blocks again until somebody else has looked anew.

    Raises ActRefused for one that is open, or whose edition everybody it is meant for reads already.
    """
    finding = ContentFinding.objects.select_for_update().get(pk=finding.pk)
    if finding.cleared_at is None:
        raise ActRefused("这处发现还没有人说明过，不用重新打开。")
    edition = finding.edition
    if not still_blocks(edition):
        raise ActRefused(f"这一版{edition.get_state_display()}，重新打开拦不住它。内容有问题的，请撤回或修订。")
    _refuse_reason(why, "请写明为什么要重新处理（例如：照片里还能看到学生姓名）。")
    finding.cleared_by, finding.cleared_at, finding.cleared_why = None, None, ""
    finding.reopened_by, finding.reopened_why = by.person_name[:80], why.strip()
    finding.save(update_fields=[*CLEARANCE, "reopened_by", "reopened_why"])
    note(edition=finding.edition_id, found=finding.code, where=finding.where, why=finding.reopened_why)
    return finding


def _refuse_reason(why: str, asked: str) -> None:
    if len(why.strip()) < 4:
        raise ActRefused(asked)
    if len(why.strip()) > 200:
        raise ActRefused("理由最长 200 个字，请精简。")
