"""`gongkai init`: an empty installation, everything under GONGKAI_DATA."""

import argparse
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from gongkai.portal.rebuild import rebuild


def main(argv: list[str]) -> int:
    """Make the database, the folders and the empty public site; repeating it does no harm."""
    argparse.ArgumentParser(prog="gongkai init", description="建立一个空的安装").parse_args(argv)
    for folder in (settings.DATA, settings.PUBLIC_ROOT, settings.BLOB_ROOT, settings.OUTBOX_MAIL, settings.STATIC_ROOT):
        Path(folder).mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    rebuild()
    print(  # noqa: T201
        f"已建好：{settings.DATA}\n"
        "下一步:gongkai import bodies 单位.csv  再  gongkai import people 人员.csv --body 单位名称,\n"
        "然后 gongkai serve --port 8000 启动。"
    )
    return 0
