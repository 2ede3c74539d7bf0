"""Refusal: a file that is not read, in one sentence a clerk can act on."""

from __future__ import annotations


class Refusal(Exception):  # noqa: N818 (an answer to the clerk, not an error of the program)
    """str() is a Chinese sentence: what is wrong with the file, where, and what to do next."""


RESAVE = "请用 Excel 或 WPS 打开该文件，另存为“Excel 工作簿（*.xlsx）”后再导入。"
"""The next step that cures most files."""

DAMAGED = "文件已损坏或没有传完整，请向发送方重新索取；如果能用 Excel 或 WPS 打开，请另存为 .xlsx 后再导入。"
