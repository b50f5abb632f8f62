"""Lists of disclosures made outside the platform, for example on a site that was closed."""

from datetime import date

from gongkai.bodies.lists import Counts, ListKind, enlist
from gongkai.bodies.models import Body, Duty
from gongkai.bodies.rows import Column, Listing, Row, day, past, text
from gongkai.publishing.actions import imports
from gongkai.publishing.importing import cells
from gongkai.publishing.importing.matching import give_keys, new_rows
from gongkai.publishing.models import Disclosure

ORIGINAL = {"", "原创", "本单位", "本校", "本局", "自编", "本级"}


def columns(body: Body, on: date) -> list[Column]:
    """Return the columns of a list of disclosures."""
    return [
        Column(
            field="title",
            name="标题",
            aliases=("信息标题", "名称", "信息名称"),
            read=text(200),
            needed=True,
            filled=True,
        ),
        Column(field="items", name="公开事项", aliases=("事项", "目录事项", "目录"), read=cells.items(body), empty=()),
        Column(
            field="kind", name="信息类别", aliases=("类别", "信息类型", "分类"), read=cells.kind(body), empty="other"
        ),
        Column(field="source", name="来源", aliases=("信息来源", "转载来源"), read=text(200)),
        Column(field="document_number", name="文号", aliases=("发文字号",), read=text(80)),
        Column(field="formed_on", name="成文日期", aliases=("生成日期", "制定日期"), read=day, empty=None),
        Column(
            field="public_on",
            name="公开日期",
            aliases=("发布日期", "发布时间", "公开时间", "日期"),
            read=past(on),
            needed=True,
            filled=True,
        ),
        Column(
            field="audiences", name="公开范围", aliases=("公开对象", "范围"), read=cells.audiences(), empty=("SOC",)
        ),
        Column(
            field="channels",
            name="渠道",
            aliases=("公开渠道", "发布渠道", "载体", "公开载体"),
            read=cells.several_channels(),
            empty=(),
        ),
        Column(field="place", name="网址", aliases=("链接", "url", "地址", "网址或位置"), read=text(500)),
    ]


def settle(body: Body, listing: Listing, on: date) -> Counts:
    """Drop rows that do not fit, give the others their key, count what is new."""
    listing.keep(_formed_before_public)
    own = {*ORIGINAL, body.name, body.short_name}
    for row in listing.rows:
        row.values["channel"] = next(iter(row.values["channels"]), "")
        row.values["source"] = "" if row.values["source"] in own else row.values["source"]
    give_keys(listing, on_field="public_on")
    new = len(new_rows(listing, known=Disclosure.objects.of(body).import_keys()))
    return Counts(new, len(listing.rows) - new)


def _formed_before_public(listing: Listing, row: Row) -> bool:
    formed, public = row.values["formed_on"], row.values["public_on"]
    if formed and formed > public:
        listing.reject(row, "成文日期", "成文日期晚于公开日期，请核对", formed)
        return False
    return True


enlist(
    ListKind(
        code="disclosures",
        name="已公开的信息",
        columns=columns,
        settle=settle,
        carry=imports.import_disclosures,
        hint="旧网站或政府门户上已公开的信息。计入统计和目录覆盖，不会自动成为本平台的页面。",
        duties=(Duty.CLERK, Duty.OFFICE_HEAD),
        sample=(
            ("标题", "公开事项", "信息类别", "来源", "文号", "成文日期", "公开日期", "公开范围", "渠道", "网址"),
            (
                "2025年部门决算",
                "",
                "财务",
                "原创",
                "示教〔2026〕3号",
                "2026-08-20",
                "2026-08-25",
                "社会",
                "政府门户网站",
                "http://www.example.gov.cn/jyj/2026/0825.html",
            ),
            ("校园开放日活动", "", "动态", "", "", "", "2026-05-20", "社会", "本单位网站", ""),
        ),
    )
)
