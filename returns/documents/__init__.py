"""Documents of the office in official style: 调研报告, 自查报告, 汇报材料 and the papers of personal-data law. Pure functions of the laid
forms and the facts behind them: every number is the very cell of a form, so a document can never differ from the return."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from returns.document import Document
from returns.documents import activities, assessment, brief, notice, self_check, survey_report
from returns.documents.figures import Figures


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document: its word on the command line, its title, the forms it takes figures from, and the function that writes it."""

    id: str
    title: str
    forms: tuple[str, ...]
    compose: Callable[[Figures], Document]


DOCUMENTS = (
    Kind("survey", "调研报告", survey_report.FORMS, survey_report.compose),
    Kind("selfcheck", "自查报告", self_check.FORMS, self_check.compose),
    Kind("brief", "汇报材料", brief.FORMS, brief.compose),
)
PRIVACY = (
    Kind("notice", "个人信息处理告知书", notice.FORMS, notice.compose),
    Kind("assessment", "个人信息保护影响评估报告", assessment.FORMS, assessment.compose),
    Kind("activities", "个人信息处理活动记录", activities.FORMS, activities.compose),
)
"""What personal-data law has the office hand out or keep (个人信息保护法)."""
