"""What a clerk calls each table: in messages, the change log, the recycle bin."""

from __future__ import annotations

from typing import Final

LABELS: Final = {
    "county": "单位信息",
    "rule_set": "政策参数",
    "rule_value": "参数取值",
    "unit": "单位",
    "unit_version": "单位名称与类型",
    "approved_headcount": "核定人数",
    "caseload": "救助对象户数",
    "control_total": "月报总数",
    "person": "人员",
    "engagement": "用工关系",
    "engagement_term": "用工条件",
    "assignment": "派驻",
    "absence": "缺勤",
    "pay_standard": "工资标准",
    "pay_month": "工资",
    "provider_pay": "承接主体报来的工资",
    "pay_confirmation": "工资确认",
    "supplier": "承接主体",
    "purchase_contract": "采购合同",
    "contract_unit": "合同用工单位",
    "contract_scope": "合同服务内容",
    "contract_source": "合同资金来源",
    "contract_tick": "合同条款与做法",
    "contract_amendment": "补充合同",
    "contract_payment": "合同付款",
    "labour_contract": "劳动合同",
    "appraisal": "年度考核",
    "minimum_wage": "最低工资",
    "retirement_age": "退休年龄",
    "dibao_spend": "低保资金支出",
    "fund_doc": "经费文件",
    "fund_line": "经费明细",
    "employer_rate": "单位缴费比例",
    "import_batch": "导入批次",
    "import_mapping": "列名对应",
}


def label(table: str) -> str:
    """A table's name in a clerk's words."""
    return LABELS[table]
