"""资金需求测算 scenarios and hiring plans."""

from __future__ import annotations
