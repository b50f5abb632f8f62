"""Lists of opinions kept on paper or elsewhere (意见台账)."""

from datetime import date

from gongkai.bodies.lists import Counts, ListKind, enlist
from gongkai.bodies.models import Body, Duty
from gongkai.bodies.rows import Column, Listing, Row, one_of, past, text
from gongkai.feedback import actions
from gongkai.feedback.channels import CHANNELS, channel_words
from gongkai.feedback.models import Opinion, OpinionKind
from gongkai.publishing.importing.matching import give_keys, new_rows

TEXT_LIMIT = 5000
KIND_WORDS = {"建议": "opinion", "意见建议": "opinion", "求助": "enquiry", "投诉": "report", "投诉举报": "report"}


def columns(body: Body, on: date) -> list[Column]:
    """Return the columns of a list of opinions."""
    kinds = {str(kind.label): kind.value for kind in OpinionKind} | {k.value: k.value for k in OpinionKind}
    return [
        Column(
            field="received_on",
            name="来信日期",
            aliases=("日期", "收到日期", "登记日期", "来电日期", "接收日期"),
            read=past(on),
            needed=True,
            filled=True,
        ),
        Column(
            field="channel",
            name="渠道",
            aliases=("来源", "方式", "来信方式", "反映渠道"),
            read=one_of(channel_words(), "渠道", CHANNELS.values()),
            needed=True,
            filled=True,
        ),
        Column(
            field="kind",
            name="类别",
            aliases=("类型", "性质"),
            empty="opinion",
            read=one_of(kinds | KIND_WORDS, "类别", [str(kind.label) for kind in OpinionKind]),
        ),
        Column(field="title", name="标题", aliases=("主题", "事由"), read=text(120), needed=True, filled=True),
        Column(field="text", name="内容", aliases=("反映内容", "意见内容", "主要内容"), read=text(TEXT_LIMIT)),
        Column(field="answered_on", name="答复日期", aliases=("回复日期", "办结日期"), read=past(on), empty=None),
        Column(
            field="answer", name="答复", aliases=("答复内容", "回复", "办理结果", "处理结果"), read=text(TEXT_LIMIT)
        ),
    ]


def settle(body: Body, listing: Listing, on: date) -> Counts:
    """Drop rows that do not fit, give the others their key, count what is new."""
    listing.keep(_answered_after_it_came)
    for row in listing.rows:
        row.values["place"] = ""
    give_keys(listing, on_field="received_on")
    new = len(new_rows(listing, known=Opinion.objects.of(body).import_keys()))
    return Counts(new, len(listing.rows) - new)


def _answered_after_it_came(listing: Listing, row: Row) -> bool:
    values = row.values
    if values["answered_on"] and values["answered_on"] < values["received_on"]:
        listing.reject(row, "答复日期", "答复日期早于来信日期，请核对", values["answered_on"])
    elif values["answer"] and not values["answered_on"]:
        listing.reject(row, "答复日期", "有答复内容，没有答复日期，请补上")
    else:
        return True
    return False


enlist(
    ListKind(
        code="opinions",
        name="意见台账",
        columns=columns,
        settle=settle,
        carry=actions.import_opinions,
        hint="纸质意见箱、电话、信箱的登记本。来信人的姓名和电话请不要放进表里。",
        duties=(Duty.CLERK, Duty.OFFICE_HEAD),
        sample=(
            ("来信日期", "渠道", "类别", "标题", "内容", "答复日期", "答复"),
            ("2026-03-02", "意见箱", "意见", "食堂菜品", "希望增加一种素菜。", "2026-03-06", "已于3月9日起增加。"),
            ("2026-04-11", "电话", "咨询", "课后服务收费", "课后服务怎样收费？", "", ""),
        ),
    )
)
