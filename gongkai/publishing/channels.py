"""Channels by the names people write in their lists, and what a posting there asks for."""

from gongkai.statute.load import law
from gongkai.statute.records import Channel

WORDS: dict[str, tuple[str, ...]] = {
    "site": (
        "网站",
        "学校网站",
        "单位网站",
        "门户网站",
        "官网",
        "官方网站",
        "校园网",
        "学校官网",
        "本校网站",
        "信息公开专栏",
    ),
    "government_portal": ("政府网站", "政府门户", "政府信息公开平台", "政府公众信息网", "区政府网站", "县政府网站"),
    "board": (
        "公开栏",
        "公示栏",
        "公示牌",
        "宣传栏",
        "宣传橱窗",
        "橱窗",
        "展板",
        "板报",
        "校务公开栏",
        "村务公开栏",
        "党务公开栏",
    ),
    "wechat": ("微信", "公众号", "官方微信", "微信平台", "微信推文", "微信订阅号"),
    "video": ("视频", "抖音", "官方抖音", "快手", "微信视频号"),
    "qq": ("QQ群", "微信群", "家长群", "工作群", "QQ工作群", "钉钉", "钉钉群", "班级群"),
    "broadcast": ("广播", "电视", "校内广播", "校园广播"),
    "led": ("LED", "电子屏幕", "LED屏", "电子大屏", "显示屏", "电子显示屏"),
    "letter": ("告家长书", "信函", "家长信", "致家长的一封信", "告知书"),
    "meeting": ("教代会", "家长会", "座谈会", "教职工大会", "班会", "党员大会"),
    "paper": ("报刊", "校刊", "校报", "简报", "报纸", "校报校刊", "期刊"),
    "superior": ("上级门户", "教育局网站", "教育网", "上级平台", "上级部门网站"),
    "other": (),
}
HOSTS = (
    ("channels.weixin.qq.com", "video"),
    ("weixin.qq.com", "wechat"),
    ("douyin.com", "video"),
    ("kuaishou.com", "video"),
    (".gov.cn", "government_portal"),
)


def channels() -> dict[str, Channel]:
    """Return the channels of the law data by code, in their order."""
    return dict(law().channels)


def channel_words() -> dict[str, str]:
    """Return every name a channel goes by, with its code."""
    names = {word: code for code, words in WORDS.items() for word in words}
    for code, record in law().channels.items():
        names.update({word: code for word in (record.name, code, *record.name.split("、"))})
    return names


def channel_of_address(address: str) -> str:
    """Return the channel an address betrays, "" where it says nothing."""
    return next((code for host, code in HOSTS if host in address), "")
