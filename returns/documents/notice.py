"""个人信息处理告知书 (个人信息保护法第十七、三十、三十五条): what a worker is told before the office keeps his or her data, to be signed."""

from __future__ import annotations

from collections.abc import Iterator

from policy.retention import LABOUR, PAY, PROCUREMENT, article_of, years_of
from returns.document import Block, Document, Heading, Paragraph
from returns.documents.figures import Figures

FORMS = ()
_KINDS = (
    "一般个人信息：姓名、性别、出生日期、学历、专业、社会工作者职业资格，用工关系、派驻单位、岗位、劳动合同、出勤缺勤、培训、年度考核、工资标准和工资发放情况。",
    "敏感个人信息：证件号。用于准确识别本人、防止同名混淆、核对年龄和参保情况；不处理就无法完成报表审核。泄露可能使身份被冒用，平时只显示前后几位。"
    "联系电话参照管理。不收集民族、家庭成员、照片。",
)
_RIGHTS = (
    "您有权查阅、复制自己的个人信息（第四十五条），发现不准确、不完整的，有权要求更正、补充（第四十六条），符合法定情形的，有权要求删除（第四十七条），"
    "并有权要求解释处理规则（第四十八条）。可以向上述联系人提出，本单位出具《个人信息查询单》。"
)


def compose(figures: Figures) -> Document:
    """The notice of the county's bureau; names to be written in by hand are left open."""
    county, limits = figures.facts.county, figures.facts.parameters.limits
    office = f"{county.name}民政局"
    terms = "、".join(f"{sort}至少 {years_of(sort, limits)} 年（{article_of(sort)}）" for sort in (PAY, LABOUR, PROCUREMENT))
    reach = "，".join(part for part in (f"联系人：{county.contact}" if county.contact else "", f"联系电话：{county.phone}" if county.phone else "") if part)
    blocks = (
        Paragraph("　　　　　　　　同志：", indent=False),
        Paragraph("因基层社会救助经办服务工作需要，本单位要处理您的个人信息。根据《中华人民共和国个人信息保护法》，现告知如下："),
        Heading("一、处理者和联系方式"),
        Paragraph(f"{office}。{reach or '联系人、联系电话：　　　　　　　　'}。"),
        Heading("二、处理目的、方式和依据"),
        Paragraph("目的：测算和核定人员配备，核对工资是否达到最低标准，核对服务采购和用工合同的履行，向上级民政部门报送报表。"),
        Paragraph("方式：登记在本单位不联网的加密台账中，由经办人员录入、核对、统计；不作自动化决策。"),
        Paragraph("依据：履行法定职责，或者按照依法签订的合同实施人力资源管理所必需（第十三条第一款第二项、第三项），不以取得个人同意为前提。"),
        Heading("三、个人信息的种类"), *_said(_KINDS),
        Heading("四、保存期限"),
        Paragraph(f"为实现上述目的所必需的最短时间，并不少于法律规定的期限：{terms}。"),
        Heading("五、提供和公开"),
        Paragraph(
            "报送上级民政部门，或者依法提供给财政、人力资源社会保障、审计等部门的，限于其要求的项目。由承接主体（派遣单位）聘用的，承接主体作为用人单位处理您的个人信息，"
            "由其另行告知。未经您单独同意，不公开您的个人信息；对外公开的报表只有合计数，或者去掉身份信息。"
        ),
        Heading("六、您的权利"),
        Paragraph(_RIGHTS),
        Paragraph(f"{office}（盖章）　　　　年　月　日", "right"),
        Paragraph("本人已阅读并收到。签名：　　　　　　　　年　月　日", "right"),
    )  # fmt: skip
    return Document("个人信息处理告知书", blocks)


def _said(sentences: tuple[str, ...]) -> Iterator[Block]:
    for number, text in enumerate(sentences, 1):
        yield Paragraph(f"{number}．{text}")
