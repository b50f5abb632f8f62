"""The list of bodies: entered with the catalogues that bind their kind."""

from gongkai.bodies.importing import body_columns, settle_bodies
from gongkai.bodies.lists import ListKind, enlist
from gongkai.bodies.models import Duty
from gongkai.publishing.actions import imports

enlist(
    ListKind(
        code="bodies",
        name="单位",
        hint="上级可以在同一个表里；已有的同名单位不改动。",
        columns=body_columns,
        settle=settle_bodies,
        carry=imports.import_bodies,
        duties=(Duty.MANAGER,),
        of_body=False,
        sample=(
            ("名称", "类别", "上级", "地址", "电话", "邮箱"),
            ("示范区教育局", "教育局", "", "示范路1号", "0000-1234567", "jyj@example.cn"),
            ("示范区实验小学", "小学", "示范区教育局", "学府路8号", "0000-7654321", "sy@example.cn"),
        ),
    )
)
