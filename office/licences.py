"""The parts the program is made from, with their licences, for 关于: what is shipped must say whose it is."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from importlib import metadata
from typing import Final

import resources

PARTS: Final = {
    "PySide6-Essentials": "LGPL-3.0.txt",
    "shiboken6": "LGPL-3.0.txt",
    "SQLAlchemy": "",
    "sqlcipher3": "SQLCipher.txt",
    "openpyxl": "",
    "et_xmlfile": "",
    "python-calamine": "",
    "defusedxml": "",
    "lark": "",
    "argon2-cffi": "",
    "argon2-cffi-bindings": "",
    "cffi": "",
    "cryptography": "",
    "pycparser": "",
    "typing_extensions": "",
}
"""Distribution → licence text of ours beside its own ("" = the part brings its text itself)."""

QT: Final = "Qt 与 PySide6 按 LGPL-3.0 使用：动态链接，未作修改；安装目录里的库文件可以换成使用者自己编译的同版本。"


@dataclass(frozen=True)
class Part:
    """One part: name, version, licence in short, and the whole text."""

    name: str
    version: str
    licence: str
    text: str


def parts() -> tuple[Part, ...]:
    """Every part that is there (a part another system needs may be missing here), with Python itself last."""
    found = []
    for name, ours in PARTS.items():
        try:
            one = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        short = _short(one)
        found.append(Part(one.metadata["Name"], one.version, short, "\n\n".join(filter(None, (_own(one), _ours(ours))))))
    return (*found, Part("Python", platform.python_version(), "PSF-2.0", _ours("Python.txt")))


def _short(part: metadata.Distribution) -> str:
    named = [part.metadata[name] for name in ("License-Expression", "License") if name in part.metadata]
    return next((words.splitlines()[0] for words in named if words.strip()), "见全文")


def _own(part: metadata.Distribution) -> str:
    texts = [file for file in part.files or () if "dist-info" in str(file) and file.name.upper().startswith(("LICEN", "COPYING", "NOTICE"))]
    return "\n\n".join(str(file.read_text(encoding="utf-8")) for file in texts)


def _ours(name: str) -> str:
    return resources.text(f"licences/{name}") if name else ""
