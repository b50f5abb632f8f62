"""How opinions reach a body."""

CHANNELS = {
    "web": "网上提交",
    "box": "意见箱",
    "phone": "电话",
    "letter": "来信",
    "visit": "来访",
    "email": "电子邮件",
    "mailbox": "校长信箱等专用信箱",
    "meeting": "座谈会",
    "superior": "上级转来",
    "other": "其他",
}
WORDS = {
    "web": ("网上", "网站", "网络", "在线", "网上留言", "平台"),
    "box": ("纸质意见箱", "信箱", "意见簿"),
    "phone": ("来电", "热线", "举报电话", "监督电话", "12345"),
    "letter": ("信件", "书面", "信函"),
    "visit": ("当面", "走访", "接待", "接待日"),
    "email": ("邮件", "邮箱", "电子邮箱"),
    "mailbox": ("校长信箱", "书记信箱", "局长信箱", "纪委书记信箱", "园长信箱"),
    "meeting": ("会议", "家长会", "教代会", "征求意见会"),
    "superior": ("上级交办", "转办"),
    "other": ("微信", "公众号", "微信公众号", "QQ群", "微信群"),
}


def channel_words() -> dict[str, str]:
    """Return every name a way of writing in goes by, with its code."""
    names = {word: code for code, words in WORDS.items() for word in words}
    return names | {name: code for code, name in CHANNELS.items()} | {code: code for code in CHANNELS}
