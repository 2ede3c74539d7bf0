"""Portable mode: a folder beside the program takes what else lies in the user's profile."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop.__main__ import PORTABLE, user_folder


def test_a_folder_beside_the_program_keeps_everything_there(qapp: QApplication, tmp_path: Path) -> None:
    assert tmp_path not in user_folder(tmp_path).parents
    (tmp_path / PORTABLE).mkdir()
    assert user_folder(tmp_path) == tmp_path / PORTABLE
    assert user_folder(None) != tmp_path / PORTABLE
