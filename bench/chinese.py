"""Synthetic Chinese of schools and offices: seeded, invented, with a few common and many rare words."""

import random
from collections.abc import Iterator
from itertools import product

OFFICES = (
    *("教务处", "总务处", "德育处", "办公室", "财务室", "膳食科", "图书馆", "工会", "家长委员会", "校医室"),
    *("党支部", "领导小组", "监督小组", "教研组", "资助中心", "信息中心", "保卫科", "基建办", "团委", "少先队"),
)
WHOSE = (
    *("秋季学期", "春季学期", "一年级", "二年级", "毕业班", "住校生", "走读生", "教职工", "后勤人员", "新聘教师"),
    *("东校区", "西校区", "幼儿部", "初中部", "高中部", "寒假", "暑期", "周末", "节前", "年终"),
    *("示范班", "实验楼", "运动场", "宿舍楼", "多媒体", "校园网", "合唱团", "足球队", "科技节", "读书月"),
)
THINGS = (
    *(
        "伙食收支",
        "收费项目",
        "岗位聘任",
        "食材采购",
        "校服征订",
        "资助名单",
        "维修工程",
        "课后服务",
        "部门预算",
        "接待经费",
    ),
    *(
        "考试安排",
        "招生计划",
        "职称评审",
        "应急预案",
        "教材目录",
        "体检安排",
        "乘车线路",
        "提案办理",
        "用电改造",
        "垃圾分类",
    ),
    *(
        "消防演练",
        "心理辅导",
        "绩效分配",
        "值班轮换",
        "设备报废",
        "捐赠接收",
        "合同备案",
        "评优推荐",
        "转学手续",
        "借阅规则",
    ),
)
DOINGS = (
    *("公示", "检查", "调整", "采购", "评选", "聘任", "验收", "招标", "复核", "整改"),
    *("征求意见", "表决", "摸底", "登记", "备案", "抽查", "培训", "总结", "评议", "轮岗"),
)
WHENS = ("本周", "上旬", "中旬", "月底", "开学前", "学期末", "国庆节后", "近日", "次日", "十个工作日内")
PLACES = (
    "第一会议室",
    "公开栏",
    "校门口",
    "多功能厅",
    "网站专栏",
    "各班教室",
    "报告厅",
    "操场东侧",
    "行政楼",
    "传达室",
)
RARE = "镜湖清岚松柏书砚墨竹溪桥云帆晨曦望舒朗月星河海棠枫林芷兰若水怀瑾思远明德致知博雅弘毅笃行求真尚善厚朴含章"
TEMPLATES = (
    "{when}{office}就{thing}进行{doing},涉及{n}人",
    "{thing}由{office}负责,{name}汇总后张贴于{place}",
    "{office}于{n}日在{place}讨论{thing}",
    "{office}{doing}后认为{thing}符合要求",
    "{name}任组长,{name2}协助{doing}",
    "{name}反映{thing}一事,{office}已答复",
    "费用合计{m}元,由{name}经手",
    "{thing}与{other}一并{doing}",
)
COMMON = ("欢迎监督", "特此通知", "有意见可向学校反映", "请家长知悉", "以上信息同步公开")


class Writer:
    """Writes titles and texts; the same seed writes the same."""

    def __init__(self, seed: int = 2026, *, stock: int = 30_000) -> None:
        self._random = random.Random(seed)
        self._things = ["".join(pair) for pair in product(WHOSE, THINGS)]
        self._random.shuffle(self._things)
        self._sentences = [self._sentence() for _ in range(stock)]

    def _thing(self) -> str:
        # Some matters return every month, most seldom.
        return self._things[int(len(self._things) * self._random.random() ** 2)]

    def _name(self) -> str:
        return "".join(self._random.choices(RARE, k=self._random.choice((2, 3))))

    def _sentence(self) -> str:
        pick = self._random
        return pick.choice(TEMPLATES).format(
            when=pick.choice(WHENS), office=pick.choice(OFFICES), thing=self._thing(), other=self._thing(),
            doing=pick.choice(DOINGS), place=pick.choice(PLACES), name=self._name(), name2=self._name(),
            n=pick.randint(1, 28), m=pick.randint(100, 90_000),
        )  # fmt: skip

    def title(self) -> str:
        """Return a title of about twenty characters."""
        kind = self._random.choice(("公示", "通知", "公告", "说明"))
        return f"关于{self._name()}{self._thing()}{self._random.choice(DOINGS)}的{kind}"

    def text(self, sentences: int = 16) -> str:
        """Return a text of so many sentences of about twenty characters."""
        return "。".join(self._random.choices(self._sentences, k=sentences)) + f"。{self._random.choice(COMMON)}。"

    def words(self, count: int) -> Iterator[str]:
        """Yield words to look for: common ones, names, and stretches of two to eight characters of texts."""
        known = [*THINGS, *DOINGS, *OFFICES, *PLACES]
        for number in range(count):
            if number % 4 == 0:
                yield self._random.choice(known)
            elif number % 4 == 1:
                yield self._name()[:2]
            else:
                text = self._random.choice(self._sentences)
                start = self._random.randrange(max(len(text) - 8, 1))
                yield text[start : start + self._random.choice((2, 2, 3, 4, 8))]
