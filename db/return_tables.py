"""报送任务 and returns: what was filled in by hand, notes, seals and what was handed over."""

from __future__ import annotations
