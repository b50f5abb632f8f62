"""Words of the demonstration: headlines of last year's lists, the finished report's own sentences, opinions."""

from datetime import datetime

from gongkai.reporting.drafting import BLANK

PLACES = ("一年级", "二年级", "三年级", "四年级", "五年级", "六年级", "教师团队", "家长委员会", "少先队", "图书馆")
DOINGS = (
    "走进社区开展志愿服务", "举行朗读比赛", "参加区运动会", "开展安全演练", "举办科技小制作展", "观看爱国主义电影",
    "进行劳动实践", "开展心理健康主题班会", "举行拔河比赛", "参观云溪博物馆", "开放公开课", "评选文明班级",
)  # fmt: skip
LAST_YEAR = {
    "overview": ("《云溪区实验小学信息公开责任制度》由校办公室负责解释,全年没有发生泄密和失实。",),
    "requests": (),
    "problems": (
        "一是个别处室送审偏晚;二是家长更希望在手机上看到食堂账目。",
        "每月5日前公布上月食堂账目,并在微信公众号同步。",
    ),
}


def headline(n: int) -> str:
    """Return the n-th headline of last year's lists, each one different."""
    return f"{PLACES[n % len(PLACES)]}{DOINGS[(n // len(PLACES)) % len(DOINGS)]}({n + 1})"


def filled(text: str, words: tuple[str, ...]) -> str:
    """Return a drafted section with its marked blanks filled by these words, in order."""
    for sentence in words:
        text = BLANK.sub(sentence, text, count=1)
    return text


def opinions(now: datetime) -> int:
    """Enter the demonstration's opinions; returns how many."""
    return 0
