"""Safe keeping on the command line: what backup, restore, verify, password, account, salvage and erase take."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def add(commands: Any) -> None:
    """Hang the commands of safe keeping on the parser."""
    backup = commands.add_parser("backup", help="备份台账，或列出已有的备份")
    backup.add_argument("book", type=Path, metavar="台账")
    backup.add_argument("--to", type=Path, metavar="文件夹", help="放到别处，例如 U 盘；不写则放在台账的 backups 文件夹")
    backup.add_argument("--list", action="store_true", help="只列出台账文件夹里的备份，新的在前")
    backup.add_argument("--json", action="store_true", help="结果输出为 JSON")

    restore = commands.add_parser(
        "restore", help="从备份恢复；现在的台账先另存为备份",
        description="有账号的台账由管理员恢复：用环境变量 JINGBAN_ACCOUNT 写明姓名，密码从提示输入，或用 JINGBAN_ACCOUNT_PASSWORD 给出。",
    )
    restore.add_argument("book", type=Path, metavar="台账文件夹")
    restore.add_argument("file", type=Path, metavar="备份")
    restore.add_argument("--yes", action="store_true", help="确认恢复；不写则只对照备份和现在的台账")

    verify = commands.add_parser("verify", help="核对台账：数据库、操作日志、附件、备份；或核对一个备份文件")
    verify.add_argument("book", type=Path, metavar="台账或备份")
    verify.add_argument("--anchor", default="", metavar="凭据", help="以前打印的日志凭据，例如 1234:3f9a…，用来发现日志被截短")
    verify.add_argument("--json", action="store_true", help="结果输出为 JSON")

    password = commands.add_parser(
        "password", help="设置、修改、取消台账密码，用恢复码重设", description="密码从提示输入，或用环境变量 JINGBAN_PASSWORD（现密码）、JINGBAN_NEW_PASSWORD（新密码）。有账号的台账由管理员办理：用 JINGBAN_ACCOUNT 写明姓名；用恢复码重设的除外。"
    )
    password.add_argument("book", type=Path, metavar="台账")
    what = password.add_mutually_exclusive_group(required=True)
    what.add_argument("--set", action="store_true", help="给没有密码的台账设密码；恢复码写到标准输出，只出现这一次")
    what.add_argument("--change", action="store_true", help="修改密码")
    what.add_argument("--off", action="store_true", help="取消密码，台账不再加密")
    what.add_argument("--recover", metavar="恢复码", help="忘记密码时，用恢复码重设")
    what.add_argument("--new-code", action="store_true", help="更换恢复码")

    account = commands.add_parser("account", help="账号：列出、新增、改角色、停用、启用、重设密码")
    account.add_argument("book", type=Path, metavar="台账")
    account.add_argument("--add", metavar="姓名", help="新增账号（同时写 --role）；第一个账号必须是管理员")
    account.add_argument("--role", choices=("填报人", "审核人", "只读", "管理员"), help="角色")
    account.add_argument("--set-role", metavar="姓名", help="改角色（同时写 --role）")
    account.add_argument("--close", metavar="姓名", help="停用")
    account.add_argument("--reopen", metavar="姓名", help="启用")
    account.add_argument("--reset", metavar="姓名", help="重设密码")

    salvage = commands.add_parser("salvage", help="从损坏的台账里抢救记录，另建一册；原件不动")
    salvage.add_argument("book", type=Path, metavar="损坏的台账")
    salvage.add_argument("into", type=Path, metavar="新台账文件夹")

    erase = commands.add_parser("erase", help="依法删除一个人的个人信息（不能恢复）")
    erase.add_argument("book", type=Path, metavar="台账")
    erase.add_argument("--id-no", required=True, metavar="证件号", help="要删除的人的证件号")
    erase.add_argument("--reason", required=True, metavar="依据", help="依据或理由，例如 本人申请（个人信息保护法第四十七条）")
    erase.add_argument("--yes", action="store_true", help="确认删除；不写则只列出会清空什么")
