"""What the static site says of requests: where to ask, by when, for what, and what can be done about a reply."""

from pathlib import Path

import pytest
from django.conf import settings

from gongkai.access.actions.settings import save_settings
from gongkai.access.guidance import how_to_ask
from gongkai.catalogue.actions.settling import choose_rule
from tests import make

pytestmark = pytest.mark.django_db


def page(path):
    return (Path(settings.PUBLIC_ROOT) / path / "index.html").read_text(encoding="utf-8")


def test_a_bureau_answers_within_twenty_working_days_without_a_fee_and_names_both_remedies():
    told = how_to_ask(make.body("jiaoyuju", name="示范区教育局", kind="edu_bureau"))
    assert "收到申请之日起 20 个工作日内；需要延长的，最多再加 20 个工作日" in told["term"]
    assert "第三十三条" in told["term"]
    assert "不收费" in told["fees"]
    assert [words[:8] for words in told["remedies"]] == ["如对不予公开的答", "如对其他答复不服"]
    assert "先向有管辖权的行政复议机关申请行政复议" in told["remedies"][0]


def test_a_school_says_its_period_once_it_has_chosen_one():
    school = make.school()
    assert "由本单位确定后在这里公布" in how_to_ask(school)["term"]
    choose_rule(school, by=make.actor("shiyan-manager", school), at=make.AT, record="K-REPLY-15", kind="answer")
    assert "15 个工作日内" in how_to_ask(school)["term"]
    assert how_to_ask(school)["remedies"] == ["如认为答复不符合信息公开的规定，可以向主管教育行政部门申诉。"]


@pytest.mark.usefixtures("flushable")
def test_the_door_opens_and_shuts_with_the_bodys_setting():
    school = make.school()
    by = make.actor("shiyan-manager", school)
    save_settings(school, by=by, at=make.AT, open_online=True)
    assert 'href="/a/shiyan/"' in page("g/shiyan")
    assert "在网上申请" in page("g/shiyan/request")
    assert 'href="/a/shiyan/"' in page("g/shiyan/guide")
    save_settings(school, by=by, at=make.AT, open_online=False, complaint_organ="示范区教育局")
    assert "/a/shiyan/" not in page("g/shiyan")
    assert "请用邮寄或当面的办法提出" in page("g/shiyan/request")
    assert "向示范区教育局申诉" in page("g/shiyan/guide")
