"""市级汇总: packages received from the counties and what became of them."""

from __future__ import annotations
