"""The one command, `gongkai`: dispatches by dotted name so that no command pays for another's imports.

Each entry maps a command to `module:function`; the function takes the remaining arguments
and returns an exit code (0 ok, 1 findings of severity error, 2 wrong use).
"""

import importlib
import sys

COMMANDS = {
    "init": ("gongkai.web.commands.init:main", "建立一个空的安装(数据库和文件目录)"),
    "demo": ("gongkai.web.commands.demo:main", "建立示范区数据;加 --serve 同时启动"),
    "serve": ("gongkai.web.commands.serve:main", "启动网站和后台任务"),
    "sweep": ("gongkai.web.commands.sweep:main", "执行一遍到期的后台任务(可重复执行)"),
    "import": ("gongkai.web.commands.import_lists:main", "导入单位、人员、公开信息、发布记录、意见"),
    "report": ("gongkai.web.commands.report:main", "生成年度报告"),
    "rebuild": ("gongkai.web.commands.rebuild:main", "重写公开网站并报告差异"),
    "verify": ("gongkai.web.commands.verify:main", "核验留痕链和已公开页面"),
}


def usage() -> str:
    lines = ["用法:gongkai 命令 [参数]", ""]
    lines += [f"  {name:<8} {about}" for name, (_, about) in COMMANDS.items()]
    return "\n".join(lines)


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    args = sys.argv[1:] if argv is None else argv
    if not args or args[0] in ("-h", "--help"):
        print(usage())
        return 0 if args else 2
    if args[0] not in COMMANDS:
        print(f"没有这个命令:{args[0]}\n\n{usage()}", file=sys.stderr)
        return 2
    module, function = COMMANDS[args[0]][0].split(":")
    return int(getattr(importlib.import_module(module), function)(args[1:]) or 0)


if __name__ == "__main__":
    sys.exit(main())
