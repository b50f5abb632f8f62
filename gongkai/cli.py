"""The one command, `gongkai`: dispatches by dotted name so that no command pays for another's imports.

Each entry maps a command to `module:function`; the function takes the remaining arguments
and returns an exit code (0 ok, 1 findings of severity error, 2 wrong use). Django is started, where a
command needs the database, before its module is imported: command modules import models at their top.
"""

import importlib
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Command:
    """Name where a command lives, what it is for, whether it needs Django, and in an installation of its own."""

    target: str
    about: str
    database: bool = True
    scratch: bool = False


COMMANDS = {
    "init": Command("gongkai.web.commands.init:main", "建立一个空的安装（数据库和文件目录）"),
    "demo": Command("gongkai.web.commands.demo:main", "建立示范区数据；加 --serve 同时启动"),
    "serve": Command("gongkai.web.commands.serve:main", "启动网站和后台任务"),
    "slip": Command("gongkai.web.commands.slip:main", "给一个人签发一次性密码条（第一次登录用）"),
    "sweep": Command("gongkai.web.commands.sweep:main", "执行一遍到期的后台任务（可重复执行）"),
    "redate": Command("gongkai.web.commands.redate:main", "按新的放假安排重算未办结申请的期限；--dry-run 只列出变动"),
    "import": Command("gongkai.web.commands.import_lists:main", "导入单位、人员、公开信息、发布记录、意见"),
    "report": Command("gongkai.web.commands.report:main", "生成年度报告"),
    "simulate": Command("gongkai.web.commands.simulate:main", "在临时库里模拟一年的依申请公开并核对", scratch=True),
    "rebuild": Command("gongkai.web.commands.rebuild:main", "重写公开网站并报告差异"),
    "verify": Command("gongkai.web.commands.verify:main", "核验留痕链和已公开页面"),
    "due": Command("gongkai.statute.command:main", "计算期限的到期日，附逐日说明", database=False),
    "calendars": Command(
        "gongkai.statute.calendar_command:main", "列出已知的放假安排和未采用的日历文件", database=False
    ),
    "scan": Command("gongkai.screening.command:main", "检查文件中的个人信息和隐藏内容", database=False),
}


def usage() -> str:
    """Return what `gongkai --help` prints."""
    lines = ["用法：gongkai 命令 [参数]", ""]
    lines += [f"  {name:<10} {command.about}" for name, command in COMMANDS.items()]
    return "\n".join(lines)


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    args = sys.argv[1:] if argv is None else argv
    if not args or args[0] in ("-h", "--help"):
        print(usage())
        return 0 if args else 2
    if args[0] not in COMMANDS:
        print(f"没有这个命令：{args[0]}\n\n{usage()}", file=sys.stderr)
        return 2
    command = COMMANDS[args[0]]
    if not command.scratch:
        return run(command, args[1:])
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        os.environ |= {"GONGKAI_DATA": folder, "DATABASE_URL": f"sqlite:///{Path(folder) / 'scratch.sqlite3'}"}
        return run(command, args[1:])


def run(command: Command, args: list[str]) -> int:
    """Start Django where a command needs it, and run it."""
    if command.database:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.settings")
        importlib.import_module("django").setup()
    module, function = command.target.split(":")
    return int(getattr(importlib.import_module(module), function)(args) or 0)


if __name__ == "__main__":
    sys.exit(main())
