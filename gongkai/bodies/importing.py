"""Lists of bodies and of people: their columns, what fits, what is new."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q

from gongkai.accounts.models import Person
from gongkai.bodies import actions
from gongkai.bodies.lists import Counts, ListKind, enlist
from gongkai.bodies.models import Body, BodyKind, Duty, Post
from gongkai.bodies.rows import BadValue, Column, Listing, Rejected, Row, day, one_of, several_of, text
from gongkai.statute.load import law

DUTY_WORDS: dict[str, tuple[str, ...]] = {
    Duty.CLERK: ("经办", "校办经办", "办公室文员", "办公室干事", "信息公开员"),
    Duty.OFFICE_HEAD: ("办公室主任", "校办主任", "党政办主任", "校办公室主任", "人秘股股长"),
    Duty.EDITOR: ("干事", "科员", "处室经办", "信息员"),
    Duty.DEPARTMENT_HEAD: ("处室负责人", "部门主任", "主任", "科长", "股长", "教务主任", "总务主任", "德育主任"),
    Duty.SECRECY: ("保密员", "保密审查", "保密干事"),
    Duty.LEGAL: ("法制审核", "法制员", "法规股股长"),
    Duty.LEADING_HEAD: ("组长",),
    Duty.LEADING_DEPUTY: ("副组长",),
    Duty.LEADING_MEMBER: ("成员",),
    Duty.SUPERVISION_HEAD: ("纪委书记", "工会主席", "纪检委员"),
    Duty.SUPERVISION_MEMBER: ("监督员", "校务监督员"),
    Duty.SIGNER: ("校长", "园长", "局长", "院长", "乡长", "镇长", "书记", "党支部书记"),
    Duty.DEPUTY_SIGNER: ("副校长", "副园长", "副局长", "副院长", "副书记"),
    Duty.READER: ("校对",),
    Duty.FILING: ("备案员",),
    Duty.SUPERVISOR: ("监督科", "督导"),
    Duty.MANAGER: ("管理员", "系统管理员"),
}


def body_kinds() -> dict[str, str]:
    """Return every name a kind of body goes by, with its code."""
    names = {str(kind.label): kind.value for kind in BodyKind}
    for code, record in law().body_kinds.items():
        names.update({word: code for word in (record.name, *record.words, code)})
    return names


def duties() -> dict[str, tuple[str, str]]:
    """Return every name of a duty with the duty and the title to print on the post."""
    names = {str(duty.label): (duty.value, "") for duty in Duty}
    names.update({duty.value: (duty.value, "") for duty in Duty})
    names.update({word: (duty, word) for duty, words in DUTY_WORDS.items() for word in words})
    return names


def body_columns(body: Body | None, on: date) -> list[Column]:
    """Return the columns of a list of bodies."""
    kinds = one_of(body_kinds(), "单位类别", [record.name for record in law().body_kinds.values()])
    return [
        Column(
            field="name",
            name="名称",
            aliases=("单位名称", "学校名称", "单位", "学校", "全称"),
            read=text(120),
            needed=True,
            filled=True,
        ),
        Column(
            field="kind",
            name="类别",
            aliases=("单位类别", "学校类别", "类型", "办学类型"),
            read=kinds,
            needed=True,
            filled=True,
        ),
        Column(field="parent", name="上级", aliases=("上级单位", "主管部门", "主管单位"), read=text(120)),
        Column(field="address", name="地址", aliases=("通信地址", "办公地址"), read=text(200)),
        Column(field="phone", name="电话", aliases=("联系电话", "办公电话"), read=text(60)),
        Column(field="email", name="邮箱", aliases=("电子邮箱", "email"), read=_email),
        Column(field="short_name", name="简称", read=text(40)),
        Column(field="code", name="代码", aliases=("单位代码", "网址代码"), read=_code),
    ]


def _email(cell: str) -> str:
    if cell.count("@") != 1 or " " in cell or len(cell) > 254 or not all(cell.split("@")):
        raise BadValue("邮箱写法不对，应如 xiaoban@example.cn")
    return cell


def _code(cell: str) -> str:
    if not (cell.isascii() and cell.replace("-", "").isalnum() and len(cell) <= 40):
        raise BadValue("代码只能用英文字母、数字和连字符，最多 40 个")
    return cell.lower()


def find_body(name: str) -> Body | None:
    """Find a body by its name, short name or code."""
    found = Body.objects.filter(Q(name=name) | Q(code=name) | Q(short_name=name)).order_by("pk")
    exact = [body for body in found if body.name == name]
    return (exact or list(found) or [None])[0]


def settle_bodies(body: Body | None, listing: Listing, on: date) -> Counts:
    """Drop rows whose superior or code does not fit; put superiors before their subordinates."""
    known = set(Body.objects.values_list("name", flat=True))
    codes = dict(Body.objects.values_list("code", "name"))
    first: dict[str, Row] = {}
    names = known | {row.values["name"] for row in listing.rows}

    def fits(to: Listing, row: Row) -> bool:
        name, parent, code = row.values["name"], row.values["parent"], row.values["code"]
        same = first.setdefault(name, row)
        if same.values != row.values:
            to.reject(row, "名称", f"和第 {same.number} 行是同一个单位，内容却不同", name)
        elif parent and parent not in names and find_body(parent) is None:
            to.reject(row, "上级", "平台上和这个表里都没有这个单位，请核对名称", parent)
        elif code and codes.setdefault(code, name) != name:
            to.reject(row, "代码", f"这个代码已由{codes[code]}使用", code)
        else:
            return True
        return False

    listing.keep(fits)
    _put_superiors_first(listing)
    new = len({row.values["name"] for row in listing.rows} - known)
    return Counts(new, len(listing.rows) - new)


def _put_superiors_first(listing: Listing) -> None:
    waiting, ordered = listing.rows, []
    while waiting:
        below = {row.values["name"] for row in waiting}
        ready = [row for row in waiting if row.values["parent"] not in below]
        if not ready:
            for row in waiting:
                listing.reject(row, "上级", "上下级关系绕成了一圈，请核对", row.values["parent"])
            break
        ordered += ready
        waiting = [row for row in waiting if row.values["parent"] in below]
    listing.rows = ordered


def people_columns(body: Body | None, on: date) -> list[Column]:
    """Return the columns of a list of people and their posts."""
    known = duties()
    return [
        Column(field="name", name="姓名", read=text(80), needed=True, filled=True),
        Column(
            field="username",
            name="登录名",
            aliases=("用户名", "账号", "帐号"),
            read=_username,
            needed=True,
            filled=True,
        ),
        Column(
            field="body",
            name="单位",
            aliases=("单位名称", "学校", "所在单位"),
            read=_body_named,
            needed=body is None,
            filled=body is None,
            empty=body,
        ),
        Column(field="department", name="部门", aliases=("处室", "科室"), read=text(60)),
        Column(
            field="posts",
            name="岗位",
            aliases=("职责", "职务"),
            needed=True,
            filled=True,
            read=several_of(one_of(known, "岗位", [str(duty.label) for duty in Duty])),
        ),
        Column(field="from_on", name="任期起", aliases=("任职日期", "开始日期"), read=day, empty=on),
        Column(field="until_on", name="任期止", aliases=("离任日期", "结束日期"), read=day, empty=None),
    ]


def _username(cell: str) -> str:
    if not (cell.isascii() and cell.replace("-", "").replace("_", "").replace(".", "").isalnum() and len(cell) <= 80):
        raise BadValue("登录名只能用英文字母、数字和 - _ .,如 sy-wang")
    return cell


def _body_named(cell: str) -> Body:
    found = find_body(cell)
    if found is None:
        raise BadValue("平台上没有这个单位。请核对名称，或先导入单位")
    return found


def settle_people(body: Body | None, listing: Listing, on: date) -> Counts:
    """Drop rows of other bodies, taken sign-in names and impossible terms; count the new posts."""
    owners = dict(Person.objects.values_list("username", "name"))
    accounts, here = set(owners), set(Post.objects.values_list("person__username", "body_id"))

    def fits(to: Listing, row: Row) -> bool:
        values = row.values
        if body is not None and values["body"].pk != body.pk:
            to.reject(row, "单位", f"这里只能导入{body.name}的人员", values["body"].name)
        elif owners.setdefault(values["username"], values["name"]) != values["name"]:
            to.reject(row, "登录名", "这个登录名已有人使用，姓名不同。请核对，或换一个", values["username"])
        elif values["until_on"] and values["until_on"] <= values["from_on"]:
            to.reject(row, "任期止", "任期止要晚于任期起", values["until_on"])
        elif values["username"] in accounts and (values["username"], values["body"].pk) not in here:
            return _may_link(to, row)
        else:
            return True
        return False

    listing.keep(fits)
    held = _held_posts()
    new = sum(not held.issuperset(_posts_of(row)) for row in listing.rows)
    return Counts(new, len(listing.rows) - new)


def _may_link(to: Listing, row: Row) -> bool:
    """Tell whether a row may give a post here to somebody with an account from elsewhere; without a word it may not."""
    username = row.values["username"]
    to.known.append(Rejected(row.number, "登录名", username, KNOWN))
    if not to.link_known:
        to.reject(row, "登录名", KNOWN, username)
    return to.link_known


KNOWN = "已有账号：这个登录名在平台上已有人使用，姓名也相同。确是本人的要另行确认；不是同一个人的，请换一个登录名"
Held = tuple[str, int, str, str]


def _posts_of(row: Row) -> Iterable[Held]:
    values: dict[str, Any] = row.values
    return [(values["username"], values["body"].pk, values["department"], duty) for duty, _ in values["posts"]]


def _held_posts() -> set[Held]:
    held = Post.objects.values_list("person__username", "body_id", "department__name", "duty")
    return {(username, body, department or "", duty) for username, body, department, duty in held}


enlist(
    ListKind(
        code="people",
        name="人员与岗位",
        hint="一人多岗写多行，或在岗位里用顿号分开。导入后在「人员」页签发首次密码条。",
        columns=people_columns,
        settle=settle_people,
        carry=actions.import_people,
        duties=(Duty.MANAGER, Duty.OFFICE_HEAD),
        sample=(
            ("姓名", "登录名", "单位", "部门", "岗位", "任期起", "任期止"),
            ("王芳", "sy-wang", "示范区实验小学", "", "办公室经办", "2026-02-01", ""),
            ("李强", "sy-li", "示范区实验小学", "教务处", "部门负责人", "2026-02-01", ""),
        ),
    )
)
