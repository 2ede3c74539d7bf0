"""What ships as files: policy/*.toml, divisions, readings of names, schema, icons, style."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent


def path(name: str) -> Path:
    """Where a shipped file lies (also in the frozen program)."""
    return ROOT / name


def text(name: str) -> str:
    """A shipped text file's content (UTF-8)."""
    return path(name).read_text(encoding="utf-8")
