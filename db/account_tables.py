"""People who use the book: 填报人, 审核人, 只读, 管理员."""

from __future__ import annotations
