"""What the demonstration bodies publish: the written year, and the series that every school repeats."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from html import escape
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True, kw_only=True)
class Text:
    """One disclosure to be drafted: facts as the draft act takes them, plus who writes it."""

    title: str
    kind: str
    html: str
    items: tuple[str, ...] = ()
    channels: tuple[str, ...] = ("site",)
    audiences: tuple[str, ...] = ("SOC",)
    department: str = ""
    document_number: str = ""
    notice_days: int = 0


@dataclass(frozen=True, kw_only=True)
class Batch:
    """One issue of a body: how many days ago it was opened and at which step it stands ("" = published)."""

    body: str
    ago: int
    title: str
    route: str = "full"
    stop: str = ""
    texts: tuple[Text, ...] = field(default=())


def written_year() -> Iterator[Batch]:
    """Yield the issues of `year.toml`."""
    data = tomllib.loads((HERE / "year.toml").read_text(encoding="utf-8"))
    for issue in data["issue"]:
        texts = tuple(_text(raw) for raw in issue["disclosure"])
        facts = {name: issue[name] for name in ("body", "ago", "title", "route", "stop") if name in issue}
        yield Batch(**facts, texts=texts)


def _text(raw: dict[str, Any]) -> Text:
    html = "".join(f"<p>{escape(line)}</p>" for line in raw.get("text", ()))
    facts = {name: value for name, value in raw.items() if name not in ("text", "table", "items", "channels")}
    facts["audiences"] = tuple(raw.get("audiences", ("SOC",)))
    return Text(
        **facts, html=table(raw.get("table", ())) + html, items=tuple(raw.get("items", ())),
        channels=tuple(raw.get("channels", ("site",))),
    )  # fmt: skip


def table(rows: Any) -> str:
    """Return rows as an HTML table whose first row is the head ("" for no rows)."""
    if not rows:
        return ""
    head, *body = rows
    cells = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    lines = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in body)
    return f"<table><tbody><tr>{cells}</tr>{lines}</tbody></table>"


def canteen_accounts(today: date) -> Iterator[Batch]:
    """Yield one issue a month for a year: last month's canteen accounts of the primary school."""
    month = date(today.year - 1, today.month, 1)
    while month < date(today.year, today.month, 1):
        following = (month + timedelta(days=32)).replace(day=1)
        if month.month not in (2, 8):
            yield _accounts_of(month, ago=(today - following).days - 5)
        month = following


def _accounts_of(month: date, *, ago: int) -> Batch:
    meals = 21_000 + 137 * month.month
    income = meals * 11
    spent = [round(income * share, 2) for share in (0.62, 0.14, 0.11, 0.08)]
    names = ("食材采购", "食堂员工工资", "燃料和水电", "低值易耗品")
    rows = [["项目", "金额（元）", "说明"], ["收入", f"{income:,.2f}", f"{meals:,}人次，每餐11元"]]
    rows += [[name, f"{amount:,.2f}", ""] for name, amount in zip(names, spent, strict=True)]
    rows.append(["当月结余", f"{income - sum(spent):,.2f}", "滚存，全部用于改善伙食"])
    note = "票据和明细账可到总务处查阅；家长委员会每月核对一次，核对人在原始凭证上签字。"
    title = f"{month.year}年{month.month}月食堂收支情况"
    text = Text(
        title=title, kind="finance", html=table(rows) + f"<p>{note}</p>", items=("K12-10",), department="总务处",
        channels=("site", "board"),
    )  # fmt: skip
    return Batch(body="syxx", ago=max(ago, 6), title=title, texts=(text,))


NEWS = {
    "春季": (
        ("春季运动会", "37个班参赛，破校纪录3项"),
        ("读书月启动", "每班图书角增加新书40册"),
        ("劳动课进菜园", "四年级学生收获萝卜86公斤，送给敬老院"),
        ("科技节", "展出学生作品212件"),
        ("合唱比赛", "六年级获区一等奖"),
        ("心理健康周", "开设沙盘体验和家长课堂"),
    ),
    "秋季": (
        ("书院街的桥", "三年级学生用纸板和竹签搭建桥梁模型，承重测试最高达到12公斤"),
        ("消防疏散演练", "全校1824名学生4分12秒全部到达操场"),
        ("家长开放日", "326位家长走进课堂，收到建议41条"),
        ("新教师亮相课", "8位新教师上公开课"),
        ("少先队建队日", "268名一年级新生入队教育"),
        ("校园篮球联赛", "历时三周，24支班级队参加"),
    ),
}


def weekly_news(today: date, *, count: int = 22) -> Iterator[Batch]:
    """Yield short dynamics of the primary school, about one a fortnight."""
    for n in range(count):
        day = today - timedelta(days=12 + 14 * n)
        if day.month in (2, 7, 8):
            continue
        term = "春季" if day.month < 8 else "秋季"
        name, detail = NEWS[term][n % 6]
        title = f"{name}：{detail.split('，')[0]}"
        text = Text(
            title=title, kind="dynamic", html=f"<p>{escape(detail)}。</p>", channels=("site", "wechat"),
            department="教务处",
        )  # fmt: skip
        yield Batch(body="syxx", ago=12 + 14 * n, title=f"{day.month}月动态 {name}", route="short", texts=(text,))
