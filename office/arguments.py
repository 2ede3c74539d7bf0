"""What the command line takes: every command with its arguments, explained in Chinese."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from office import document_commands, estimate_commands, keeping_arguments, return_commands, rollup_commands
from policy.kinds.date import DATE
from policy.kinds.month import MONTH

_WRONG_USE = 2

_SAID = {
    "the following arguments are required: ": "缺少参数：",
    "unrecognized arguments: ": "多余的参数：",
    "expected one argument": "后面要写一个值",
    "invalid choice: ": "没有这个选项：",
    "argument ": "参数 ",
    "not allowed with 参数 ": "不能同时用 ",
    "one of the arguments ": "请从这些选项中写一个：",
    " is required": "",
    "(choose from ": "（可用：",
    "invalid parse value: ": "认不出：",
}


IMPORTS = {
    "units": "单位与救助对象户数", "headcounts": "核定人数", "roster": "人员花名册", "labour": "劳动合同", "contacts": "通讯录", "control": "月报总数",
    "standards": "工资标准", "pay": "工资表", "provider": "承接主体工资表", "days": "出勤天数", "absences": "请假（缺勤）", "suppliers": "承接主体",
    "contracts": "采购合同", "amendments": "补充合同", "payments": "合同付款", "settlements": "月度结算", "evaluations": "绩效评价", "supervisions": "监督记录",
    "disclosures": "采购公开", "funds": "经费明细", "dibao": "低保资金支出", "rates": "单位缴费比例", "wages": "最低工资", "retirement": "退休年龄", "holidays": "节假日",
    "appraisals": "年度考核", "scales": "工资层级方案", "grades": "工资层级", "grade_items": "层级月标准", "factors": "绩效系数", "grade_changes": "层级变动",
    "plans": "方案与公开", "heads": "方案人员配比", "meetings": "会议", "incoming": "来文登记", "handover_items": "移交清单", "hiring": "招录计划",
    "hiring_lines": "招录计划明细", "batches": "招录批次", "recruits": "招录单位", "progress": "招录进度", "trainings": "培训", "attendees": "参训名单",
    "inspections": "检查通报", "problems": "整改事项", "survey": "窗口摸查", "workload": "工作量", "rewards": "个人表彰", "unit_rewards": "单位表彰",
}  # fmt: skip
"""The kinds that can be brought in, by id (a copy of office.imports: that this page need not wait for the database)."""
_IMPORTS = "；".join(f"{kind} {title}" for kind, title in IMPORTS.items())


class Parser(argparse.ArgumentParser):
    """argparse speaking Chinese; wrong use ends with exit 2."""

    def __init__(self, **options: Any) -> None:
        super().__init__(add_help=False, formatter_class=Words, **options)
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        """Say in Chinese what is wrong with the arguments."""
        for english, chinese in _SAID.items():
            message = message.replace(english, chinese)
        self.print_usage(sys.stderr)
        self.exit(_WRONG_USE, f"{message}。用 --help 看说明。\n")


class Words(argparse.RawDescriptionHelpFormatter):
    """Usage lines in Chinese."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """The usage line."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)  # argparse makes names of commands with ""


def _day(text: str) -> date:
    try:
        found = DATE.parse(text, None)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    if found is None:
        raise argparse.ArgumentTypeError("日期不能为空")
    return date.fromisoformat(found.isoformat())


def _month(text: str) -> int:
    try:
        return int(MONTH.parse(text, None))
    except (ValueError, TypeError) as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def parser() -> Parser:
    """Every command with its arguments."""
    top = Parser(
        prog="jingban",
        description="经办台账：不开窗口办同样的事。消息在标准错误，结果在标准输出。\n退出码：0 完成；1 有问题或有退回的行；2 用法不对；3 被拒绝（台账被占用、损坏、版本较新）。",
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="命令", title="命令", parser_class=Parser)

    new = commands.add_parser("new", help="新建一个县的台账")
    new.add_argument("book", type=Path, metavar="台账文件夹")
    new.add_argument("--county", required=True, metavar="代码", help="县（市、区）的 6 位区划代码，例如 440785；东莞 441900、中山 442000；市级台账写地级市的 4 位代码，例如 4407")
    new.add_argument("--region", default="", metavar="地区", help="珠三角 或 粤东西北；不写则按所属地级市")
    new.add_argument("--basis", default="", metavar="依据", help="指定地区类别的依据（文件名称或文号）")

    bring = commands.add_parser("import", help="导入表格（单位、人员、工资、合同、经费等）")
    bring.add_argument("book", type=Path, metavar="台账")
    bring.add_argument("file", type=Path, metavar="文件")
    bring.add_argument("--kind", required=True, choices=tuple(IMPORTS), help=_IMPORTS)
    bring.add_argument("--sheet", metavar="表名", help="要导入的工作表；不写则取第一张可见的表")
    bring.add_argument("--month", type=_month, metavar="年月", help="工资或出勤的月份（表里没有时），例如 2026-05")
    bring.add_argument("--date", type=_day, metavar="日期", help="户数的统计日期（表里没有时），例如 2026-12-31")
    bring.add_argument("--header-row", type=int, metavar="行号", help="标题所在的行（两行标题的写下面一行）；不写则自动查找")
    bring.add_argument("--map", type=Path, metavar="文件", help="列名、词语、金额单位、合并格的对应（JSON）；写入后记住，下次同样标题的文件自动使用")
    bring.add_argument("--mode", choices=("只新增", "只更新", "新增并更新"), default="新增并更新", help="写入哪些行（默认 新增并更新）")
    bring.add_argument("--errors-to", type=Path, metavar="文件", help="把没有导入的行连同行号和错误原因写成 .xlsx，改正后可直接导入")
    bring.add_argument("--names", action="store_true", help="按姓名对上的人确认是同一人，一并导入（请先用 --dry-run 看清是谁）")
    bring.add_argument("--guesses", action="store_true", help="连同程序猜测的列一起导入（请先用 --dry-run 看清猜的是什么）")
    bring.add_argument("--dry-run", action="store_true", help="只预览，不写入")
    bring.add_argument("--json", action="store_true", help="结果输出为 JSON")

    batches = commands.add_parser("imports", help="列出导入批次，或撤回其中一批")
    batches.add_argument("book", type=Path, metavar="台账")
    batches.add_argument("--take-back", type=int, metavar="批次", help="撤回这一批；其中有记录后来改过的，列出并不撤回")
    batches.add_argument("--json", action="store_true", help="结果输出为 JSON")

    template = commands.add_parser("template", help="生成空白的填报模板")
    template.add_argument("book", type=Path, metavar="台账")
    template.add_argument("--kind", required=True, choices=tuple(IMPORTS), help=_IMPORTS)
    template.add_argument("--out", type=Path, required=True, metavar="文件夹", help="模板放在哪个文件夹")

    collect = commands.add_parser("collect", help="生成各乡镇（街道）的采集表")
    collect.add_argument("book", type=Path, metavar="台账")
    collect.add_argument("--month", type=_month, required=True, metavar="年月", help="采集的月份，例如 2026-12")
    collect.add_argument("--out", type=Path, required=True, metavar="文件夹", help="采集表放在哪个文件夹")

    collected = commands.add_parser("collected", help="收回填好的采集表，一次导入整个文件夹")
    collected.add_argument("book", type=Path, metavar="台账")
    collected.add_argument("folder", type=Path, metavar="文件夹")
    collected.add_argument("--month", type=_month, metavar="年月", help="采集的月份；不写则按文件夹里的采集表")
    collected.add_argument("--dry-run", action="store_true", help="只预览，不写入")
    collected.add_argument("--json", action="store_true", help="结果输出为 JSON")

    check = commands.add_parser("check", help="核查：人员配备、工资最低标准等")
    check.add_argument("book", type=Path, metavar="台账")
    check.add_argument("--as-of", required=True, type=_day, metavar="日期", help="截至日期，例如 2026-12-31")
    check.add_argument("--json", action="store_true", help="结果输出为 JSON")

    rules = commands.add_parser("rules", help="列出全部核查规则")
    rules.add_argument("--json", action="store_true", help="结果输出为 JSON")
    rules.add_argument("--markdown", action="store_true", help="输出规则说明页（docs/rules.md）")

    manual = commands.add_parser("manual", help="输出使用手册（docs/使用手册.md）")
    manual.add_argument("--pictures", type=Path, metavar="文件夹", help="插入这个文件夹里的页面截图")
    manual.add_argument("--out", type=Path, metavar="文件", help="写到这个文件；不写则输出到屏幕")

    returns = commands.add_parser("returns", help="生成报表工作簿")
    returns.add_argument("book", type=Path, metavar="台账")
    asked = returns.add_mutually_exclusive_group(required=True)
    asked.add_argument("--period", metavar="报告期", help="不按任务，生成这一期的报表：2026、2026H1、2026Q3 或 2026-05")
    asked.add_argument("--task", metavar="任务", help="报送任务的名称、编号，或任务文件")
    returns.add_argument("--as-of", type=_day, metavar="日期", help="截至日期；不写则为报告期最后一天")
    returns.add_argument("--out", type=Path, metavar="文件夹", help="工作簿放在哪个文件夹")
    returns.add_argument("--with-formulas", action="store_true", help="工作簿带公式（须与 --task 一起用；没有打开重算过的公式，别的程序读不到数）")
    returns.add_argument("--seal", action="store_true", help="审核通过的，审核并封存（须与 --task 一起用）")
    returns.add_argument("--approver", metavar="姓名", default="", help="只有一人使用台账的，写明实际审核的人（与 --seal 一起用）")
    returns.add_argument("--package", type=Path, metavar="文件夹", help="把上报数据包写到这个文件夹；没有封存的，写成试报数据包")
    returns.add_argument("--form", type=Path, metavar="表样", help="按上级表样填报：表样文件（.xlsx），或台账里登记的表样名称；不写 --map 的，输出程序认出的对应")
    returns.add_argument("--map", type=Path, metavar="对应文件", help="表样的对应（.map.toml）：哪一列填哪一栏")
    returns.add_argument("--agree", action="store_true", help="表样公式与台账不一致的地方已经核对，仍然写出")
    returns.add_argument("--purpose", default="命令行", metavar="用途", help="写出的表含个人信息时的导出用途，记入操作日志（默认 命令行）")

    demo = commands.add_parser("demo", help="建立演示县台账并生成它的报表")
    demo.add_argument("--out", type=Path, default=Path("out"), metavar="文件夹", help="放在哪个文件夹（默认 out）")

    keeping_arguments.add(commands)
    estimate_commands.add(commands)
    document_commands.add(commands)
    return_commands.add(commands)
    rollup_commands.add(commands)
    commands.add_parser("self-test", help="自检：演示台账、导入、核查、报表写出并读回")
    return top
