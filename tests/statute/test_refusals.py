"""Law files that do not hold are refused, with the file and the record named."""

import shutil
from datetime import date

import pytest

from gongkai.statute import load_law
from gongkai.statute.reading import RefusedRecord
from gongkai.statute.source import LAW_ROOT

CASES = [
    ("limits.toml", 'regime = "cn-ogi"\nn = 20', 'regime = "cn-ogi"\ndays = 20', "limits.toml G-ACT:不认识的字段 days"),
    ("limits.toml", 'cite = "cn-ogi/26"\n', "", "law/limits.toml G-ACT:缺少字段 cite"),
    ("limits.toml", 'cite = "cn-ogi/26"', 'cite = "cn-ogi/99"', "law/limits.toml G-ACT:依据 cn-ogi/99 的条文不在"),
    ("limits.toml", 'cite = "cn-ogi/26"', 'cite = "第二十六条"', "law/limits.toml G-ACT:依据写法不对"),
    ("limits.toml", 'cite = "cn-ogi/26"', 'cite = "nowhere"', "law/limits.toml G-ACT:依据 nowhere 的法规"),
    ("limits.toml", 'cite = "cn-ogi/26"\nconfidence = "law"', 'cite = "cn-ogi/26"\nconfidence = "sure"',
     "law/limits.toml G-ACT:可信程度 'sure' 不存在"),
    ("limits.toml", 'code = "O-ACT"', 'code = "G-ACT"', "law/limits.toml G-ACT:编号重复"),
    ("limits.toml", 'local = "杭州市西湖区"\n', "", "law/limits.toml K-ACT-30:与 K-ACT-20 同时有效"),
    ("limits.toml", "n = 20", 'n = "20"', "law/limits.toml G-ACT n:应为 int"),
    ("limits.toml", 'unit = "wd"', 'unit = "days"', "law/limits.toml G-ACT:单位 'days' 不存在"),
    ("limits.toml", "n = 20", "n = 0", "law/limits.toml G-ACT:期限要写 n"),
    ("limits.toml", "until = 2019-05-15", "until = 2008-05-01", "law/limits.toml O-ACT:until 应晚于 from"),
    ("limits.toml", 'regime = "cn-ogi"', 'regime = "cn"', "law/limits.toml G-ACT:制度 'cn' 不存在"),
    ("limits.toml", 'begins_with = ["formed", "changed"]', 'begins_with = ["born"]', "起算事件 'born' 不存在"),
    ("limits.toml", 'yearly = "01-31"', 'yearly = "1-31"', "law/limits.toml G-REP-D:日期应写成 月-日"),
    ("limits.toml", 'yearly = "01-31"', 'yearly = "01-31"\nn = 3', "G-REP-D:每年固定日期的期限不写天数"),
    ("limits.toml", 'stops_with = ["clarification_sent", "fee_notified"]',
     'stops_with = ["formed", "changed", "signed", "posted"]',
     "G-REPLY:stops_with 的每个事件要有对应的 restarts_with"),
    ("limits.toml", 'n = 60\nunit = "cd"', 'n = 60\nunit = "cd"\npaused_by = "consultation"',
     "REV-60:只有工作日期限可以停止计算或延迟"),
    ("limits.toml", 'n = 6\nunit = "month"', 'n = 6\nunit = "month"\nextension = 3',
     "LIT-6M:只有按日计算的期限可以延期"),
    ("limits.toml", 'pause_limit = "G-3P"', 'pause_limit = "G-4P"', "G-REPLY:暂停的期限 'G-4P' 不存在"),
    ("limits.toml", 'on_silence = "overdue"', 'on_silence = "oh"', "G-REPLY:逾期后果 'oh' 不存在"),
    ("limits.toml", '\nroll = "next_wd"', '\nroll = "back"', "REV-60:顺延 'back' 不存在"),
    ("intake.toml", 'receipt = "submitted"', 'receipt = "guessed"',
     "law/intake.toml counter:收到日期 'guessed' 不存在"),
    ("intake.toml", 'answered = "signed"', 'answered = "hoped"', "law/intake.toml direct:答复日期 'hoped' 不存在"),
    ("cases.toml", 'kind = "extended"', 'kind = "stretched"', "事件 'stretched' 不存在"),
    ("limits.toml", "[[limit]]", "[[limits]]", "law/limits.toml:不认识的表 limits"),
    ("limits.toml", "[[limit]]", "[[limit", "law/limits.toml:不是正确的 TOML"),
    ("regimes.toml", 'proactive = "G-ACT"', 'proactive = "NOTICE5"', "cn-ogi:NOTICE5 不是主动公开期限"),
    ("articles/cn-ogi.toml", "number = 4", "number = 1", "编号重复"),
    ("articles/cn-ogi.toml", 'instrument = "cn-ogi"', 'instrument = "x"', "法规 'x' 不存在"),
    ("articles/cn-ogi.toml", 'instrument = "cn-ogi"', 'instrument = "cn-ogi"\nyear = 1',
     "不认识的字段 year"),
    ("calendars/2024.toml", "2024-02-10", "2024-02-18", "2024-02-18:这一天在 2024.toml 已有安排"),
    ("calendars/2024.toml", "year = 2024", "year = 2023", "编号重复"),
    ("catalogues/k12.toml", 'class = "LONG"', 'class = "EVER"', "law/catalogues/ K12-01:公开时限 'EVER' 不存在"),
    ("catalogues/k12.toml", 'class = "LONG"', 'class = "LONG", every = "year"', "K12-01:长期公开不写周期和期限"),
    ("catalogues/k12.toml", 'class = "LONG"', 'class = "REG"', "K12-01:定期公开要写"),
    ("catalogues/k12.toml", 'class = "LONG"', 'class = "STG"', "K12-01:分期公开要写 stages"),
    ("catalogues/k12.toml", 'class = "IMM"', 'class = "IMM", every = "year"', "K12-01:即时公开不写周期"),
    ("catalogues/k12.toml", 'class = "IMM"', 'class = "IMM", notice = "G-ACT"', "K12-01:G-ACT 不是公示期限"),
    ("catalogues/k12.toml", 'audiences = ["SOC"]', 'audiences = ["ALL"]', "K12-01:公开范围 'ALL' 不存在"),
    ("catalogues/k12.toml", 'audiences = ["SOC"]', "audiences = []", "K12-01:audiences 不能为空"),
    ("catalogues/k12.toml", 'audiences = ["SOC"]', 'audiences = "SOC"', "audiences:应为 list"),
    ("catalogues/k12.toml", "[[item]]", "[item]", "law/catalogues/k12.toml"),
    ("catalogues/he.toml", 'last = "HE-06"', 'last = "HE-05"', "HE 第2类:与上一类之间有遗漏或重叠"),
    ("catalogues/he.toml", 'last = "HE-50"', 'last = "HE-49"', "HE:有事项不属于任何一类"),
    ("equivalences.toml", 'to = "P10-1"', 'to = "K12-05"', "law/equivalences.toml K12-05→K12-05:重复或指向自己"),
    ("equivalences.toml", 'to = "P10-1"', 'to = "P99"', "事项 'P99' 不存在"),
    ("bodies.toml", 'main = "cn-ogi"', 'main = "he-29"', "law/bodies.toml edu_bureau:主要制度 'he-29' 不存在"),
    ("bodies.toml", '"P4TOPICS"', '"GOV20"', "law/bodies.toml edu_bureau:同一目录既必备又可选"),
    ("channels.toml", 'asks = ["address"]', 'asks = ["luck"]', "law/channels.toml site:登记内容 'luck' 不存在"),
    ("letters.toml", "受理单位：{body}", "受理单位：{unit}", "law/letters.toml F01:正文里有不认识的字段 'unit'"),
    ("letters.toml", "受理单位：{body}", "受理单位：{body", "law/letters.toml F01:正文里的花括号没有成对"),
    ("letters.toml", 'must = ["requester", "title", "body"]', 'must = ["amount"]',
     "F01:must 里的 amount 在正文里没有用到"),
    ("letters.toml", 'form = "slip"', 'form = "poem"', "law/letters.toml F03:form 'poem' 不存在"),
    ("letters.toml", 'cite = "cn-ogi/29"\n', "", "law/letters.toml F01:缺少字段 cite"),
    ("letters.toml", 'elsewhere = ["he-29/9"', 'elsewhere = ["he-29/99"',
     "law/letters.toml F01:依据 he-29/99 的条文不在"),
    ("families.toml", 'each = "channel"', 'code = "x"\neach = "channel"', "k12:每个数写 code 或 each 之一"),
    ("secrecy_questions.toml", 'trouble = "yes"', 'trouble = "maybe"', "Q1:回答 'maybe' 不存在"),
    ("cases.toml", 'cite = "cn-ogi/26"', 'cite = "cn-ogi/33"', "law/cases.toml 第1条:依据与期限 G-ACT 不同"),
    ("cases.toml", 'limit = "H-ACT"', 'limit = "G-ACT"', "law/cases.toml 第4条"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "message"), CASES, ids=[c[3] for c in CASES])
def test_a_record_that_does_not_hold_is_refused_by_file_and_code(tmp_path, name, old, new, message):
    root = shutil.copytree(LAW_ROOT, tmp_path / "law")
    text = (root / name).read_text(encoding="utf-8")
    assert old in text
    (root / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RefusedRecord) as refused:
        load_law(root)
    assert message in str(refused.value)


def test_a_missing_file_a_missing_year_an_empty_folder_and_a_limit_without_a_case_are_refused(tmp_path):
    for number, (spoil, message) in enumerate(
        [
            (lambda root: (root / "kinds.toml").unlink(), "law/kinds.toml:没有这个文件"),
            (lambda root: (root / "calendars/2015.toml").unlink(), "law/calendars/2016.toml:缺少 2015 年的日历"),
            (lambda root: shutil.rmtree(root / "articles"), "law/articles/:没有文件"),
            (lambda root: (root / "cases.toml").write_text(""), "没有实例"),
        ]
    ):
        root = shutil.copytree(LAW_ROOT, tmp_path / str(number))
        spoil(root)
        with pytest.raises(RefusedRecord) as refused:
            load_law(root)
        assert message in str(refused.value)


def test_a_changed_file_gives_another_digest(tmp_path):
    root = shutil.copytree(LAW_ROOT, tmp_path / "law")
    before = load_law(root).digest
    with (root / "kinds.toml").open("a", encoding="utf-8") as kinds:
        kinds.write("# 另一行\n")
    assert load_law(root).digest != before


def test_a_changed_rule_may_follow_the_old_one_on_the_day_it_ends(tmp_path):
    root = shutil.copytree(LAW_ROOT, tmp_path / "law")
    limits, cases = root / "limits.toml", root / "cases.toml"
    old = 'code = "O-ACT"'
    rule = limits.read_text(encoding="utf-8").split("[[limit]]")
    former = next(text for text in rule if old in text)
    earlier = (
        former.replace(old, 'code = "O-ACT-0"').replace("2008-05-01", "2007-01-01").replace("2019-05-15", "2008-05-01")
    )
    limits.write_text("[[limit]]".join([*rule, earlier]), encoding="utf-8")
    case = '\n[[case]]\nlimit = "O-ACT-0"\non = 2010-03-01\ndue = 2010-03-29\ncite = "cn-ogi-2008/18"\n'
    cases.write_text(cases.read_text(encoding="utf-8") + case, encoding="utf-8")
    assert load_law(root).limits["O-ACT-0"].until == date(2008, 5, 1)
