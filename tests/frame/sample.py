"""Contexts for the sample pages, as a room would pass them."""

import datetime

from django import forms
from django.core.paginator import Paginator

from gongkai.frame.richtext import RichTextField

TODAY = datetime.date(2026, 11, 21)


class DraftForm(forms.Form):
    title = forms.CharField(label="标题", help_text="写清楚是什么事、哪个时间，例如：2026 年秋季学期收费公示")
    kind = forms.ChoiceField(label="信息类别", choices=[("", "请选择"), ("notice", "公告公示")])
    audience = forms.ChoiceField(
        label="公开范围", choices=[("all", "社会"), ("parents", "家长")], widget=forms.RadioSelect
    )
    channels = forms.MultipleChoiceField(
        label="公开渠道",
        choices=[("site", "网站"), ("board", "公告栏"), ("wechat", "微信公众号")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    formed_on = forms.DateField(label="成文日期", widget=forms.DateInput)
    text = RichTextField(label="正文", help_text="可以从 Word 或 WPS 直接粘贴，表格会保留。")
    note = forms.CharField(label="修改说明", widget=forms.Textarea, required=False)
    photo = forms.FileField(label="附件", required=False)
    sure = forms.BooleanField(label="我已核对，没有个人隐私", required=False)


class RequestForm(forms.Form):
    what = forms.CharField(
        label="您想了解什么信息", widget=forms.Textarea, help_text="写清楚名称、时间或事项，学校就能更快找到。"
    )
    how = forms.ChoiceField(
        label="希望怎样收到答复",
        choices=[("mail", "邮寄"), ("email", "电子邮件"), ("self", "自己来取")],
        widget=forms.RadioSelect,
    )
    phone = forms.CharField(label="联系电话", help_text="只用于联系您，不会公开。")
    proof = forms.FileField(label="身份证明", required=False)


class SignInForm(forms.Form):
    name = forms.CharField(label="登录名")
    password = forms.CharField(label="密码", widget=forms.PasswordInput)


def staff() -> dict:
    def step(name, who, on, state):
        return {"name": name, "who": who, "on": on, "state": state}

    days = [
        {"on": datetime.date(2026, 11, day), "counted": day not in (14, 15, 21, 22), "why": "", "n": n}
        for n, day in enumerate(range(10, 28), start=1)
    ]
    days[4]["why"] = "周六，不计"
    days[11]["today"] = True
    days[15]["due"] = True
    return {
        "body_name": "示范区实验小学",
        "post_name": "校办",
        "person_name": "王老师",
        "bodies": [
            {"name": "示范区实验小学", "post": "校办", "url": "#", "current": True},
            {"name": "示范区实验小学党支部", "post": "组织委员", "url": "#"},
        ],
        "account_url": "/account/",
        "search_url": "/search/",
        "signout_url": "/out/",
        "nav": [
            {"label": "待办", "url": "#", "current": True, "count": 7},
            *({"label": name, "url": "#"} for name in ("公开目录", "信息公开", "依申请公开", "意见反馈")),
            *({"label": name, "url": "#"} for name in ("检查整改", "年度报告", "设置")),
        ],
        "today": TODAY,
        "chain": [
            step("起草", "李老师", TODAY, "done"),
            step("部门负责人", "教导处 陈主任", TODAY, "done"),
            step("保密审查", "校办 王老师", None, "current"),
            step("领导小组", "会议审议", None, "waiting"),
            step("监督小组", "工会 何主席", None, "waiting"),
            step("签发", "黄校长", None, "waiting"),
        ],
        "days": days,
        "form": DraftForm({"title": ""}),
        "old": "<p>每生每学期收取餐费450元，自愿参加。</p>",
        "new": "<p>每生每学期收取午餐费480元，自愿参加。</p>",
        "rows": [("索引号", "SXSY-2026-0018"), ("文号", ""), ("公开范围", "社会")],
        "events": [
            {"on": TODAY, "title": "公开", "who": "王老师", "text": "网站、公告栏", "state": "now"},
            {"on": datetime.date(2026, 11, 12), "title": "起草", "who": "李老师"},
        ],
        "files": [{"name": "收费项目表", "url": "#", "kind": "XLSX 表格", "size": 34816}],
    }


def wall() -> dict:
    items = ["学校章程", "发展规划", "教育收费", "食堂账目", "招生办法", "岗位聘任", "评优评先", "采购结果"]
    cells = ["published", "late", "soon", "none", "published", "never", "published", "review"]
    names = ["示范区实验小学", "示范区第一中学", "示范区中心幼儿园", "示范区社区学院"]
    schools = [{"name": name, "cells": cells[i:] + cells[:i]} for i, name in enumerate(names)]
    return staff() | {"items": items, "schools": schools}


def public() -> dict:
    titles = ["2026 年秋季学期收费公示", "食堂 10 月收支账目", "2026—2027 学年校历", "教师岗位聘任办法(修订)"]
    items = [{"title": t, "url": "#", "on": datetime.date(2026, 11, 20 - i)} for i, t in enumerate(titles)]
    nav = ["首页", "公开指南", "公开制度", "公开目录", "年度报告", "依申请公开"]
    return {
        "assets": "/static/frame/",
        "body_name": "示范区实验小学",
        "site_home": "/g/sxsy/",
        "search_url": "/search/",
        "title": "关于公布 2026 年秋季学期收费项目和标准的通知",
        "site_nav": [{"label": n, "url": "#", "current": n == "公开目录"} for n in nav],
        "crumbs": [{"label": "首页", "url": "#"}, {"label": "财务与收费", "url": "#"}],
        "contact": {"office": "校办公室", "phone": "0757-8888 0001", "supervision_phone": "0757-8888 0002"},
        "doors": [
            {"label": "公开指南", "about": "怎样查，怎样申请", "url": "#"},
            {"label": "公开制度", "about": "依据和规定", "url": "#"},
            {"label": "公开目录", "about": "应公开的全部事项", "url": "#"},
            {"label": "年度报告", "about": "历年工作和数字", "url": "#"},
            {"label": "依申请公开", "about": "没找到，可以申请", "url": "#"},
        ],
        "items": items,
        "head_rows": [
            ("索引号", "SXSY-2026-0018"),
            ("信息类别", "收费"),
            ("发布机构", "示范区实验小学"),
            ("文号", "示小〔2026〕18号"),
            ("成文日期", "2026年8月28日"),
            ("公开日期", "2026年8月30日"),
            ("有效性", "有效"),
            ("公开范围", "社会"),
        ],
        "tools": [{"label": "下载 PDF", "url": "#"}, {"label": "我要纠错", "url": "#"}],
        "qr": "/static/frame/qr.svg",
        "text": "<p>各位家长：</p><p>根据上级规定，现将本校 2026 年秋季学期收费项目和标准公布如下。</p>"
        '<table><tbody><tr><th colspan="2">项目</th><th>标准</th></tr><tr><td rowspan="2">服务性收费</td>'
        "<td>午餐</td>"
        "<td>12 元/餐</td></tr><tr><td>校服</td><td>180 元/套</td></tr></tbody></table>"
        '<p class="align-right">示范区实验小学<br>2026年8月28日</p>',
        "files": [{"name": "收费项目表", "url": "#", "kind": "XLSX 表格", "size": 34816}],
        "events": [{"on": datetime.date(2026, 9, 2), "title": "更正午餐标准", "text": "原文误写为 21 元，已更正。"}],
        "page": Paginator(range(95), 10).page(3),
        "page_url": "/g/sxsy/list/%d.html",
        "form": RequestForm(),
    }
