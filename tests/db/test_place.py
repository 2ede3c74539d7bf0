"""Where a book may lie: on this computer's disk, not on another one's, and not where a program uploads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from db import book as books
from db import opening, place
from db.change import Refused
from policy.clock import Clock

MOUNTS = """/dev/sda1 / ext4 rw 0 0
tmpfs /tmp tmpfs rw 0 0
//nas/民政 /mnt/share cifs rw 0 0
nas:/vol /mnt/nfs\\040vol nfs4 rw 0 0
/dev/sdb1 /mnt/share/usb vfat rw 0 0
""".splitlines()


@pytest.mark.parametrize(
    ("path", "system"),
    [
        ("/home/a", "ext4"), ("/mnt/share", "cifs"), ("/mnt/share/台账", "cifs"), ("/mnt/share/usb/台账", "vfat"), ("/mnt/nfs vol/a", "nfs4"), ("/mnt/sharedisk", "ext4"),
    ],
)  # fmt: skip
def test_the_longest_mount_point_decides(path: str, system: str) -> None:
    assert place.system_of(Path(path), MOUNTS) == system


@pytest.mark.parametrize("path", ["\\\\nas\\民政\\台账", "//nas/民政/台账"])
def test_a_share_is_refused_with_the_next_step(path: str) -> None:
    assert "复制到本机硬盘" in place.place_refusal(Path(path))


def test_a_disk_of_this_computer_is_fine(tmp_path: Path) -> None:
    assert place.place_refusal(tmp_path) == "" and place.place_warning(tmp_path) == ""


@pytest.mark.parametrize(
    ("path", "cloud"),
    [
        ("C:\\Users\\li\\OneDrive\\台账", "OneDrive"), ("C:\\Users\\li\\OneDrive - 民政局\\台账", "OneDrive"), ("D:\\我的坚果云\\台账", "坚果云"), ("D:\\Nutstore\\1\\台账", "坚果云"),
        ("D:\\BaiduNetdiskWorkspace\\台账", "百度网盘"), ("D:\\百度网盘同步\\a", "百度网盘"), ("D:\\WPS云盘\\a", "WPS云盘"), ("/home/li/Dropbox/台账", "Dropbox"), ("/home/li/文档/台账", ""),
        ("D:\\民政\\坚持\\台账", ""),
    ],
)  # fmt: skip
def test_folders_that_are_uploaded_are_warned_of(path: str, cloud: str) -> None:
    assert place.cloud_of(Path(path)) == cloud
    assert (cloud in place.place_warning(Path(path))) if cloud else place.place_warning(Path(path)) == ""


def test_onedrive_by_its_own_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path))
    assert place.cloud_of(tmp_path / "台账") == "OneDrive"


def test_a_book_on_a_share_is_neither_made_nor_opened(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = books.create(tmp_path, "石桥县", "0.1.0")
    monkeypatch.setattr(opening, "place_refusal", lambda _: "在网络盘上")
    with pytest.raises(Refused, match="网络盘"):
        books.open_book(folder, clock)
    with pytest.raises(Refused, match="网络盘"):
        books.create(tmp_path, "白水县", "0.1.0")
    assert not (tmp_path / "白水县.经办台账").exists()


def test_a_synced_folder_is_opened_with_a_warning(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "坚果云").mkdir()
    with books.open_book(books.create(tmp_path / "坚果云", "石桥县", "0.1.0"), clock) as book:
        assert "坚果云" in book.warnings[0]


def test_a_clock_that_went_back_is_said(tmp_path: Path, clock: Clock) -> None:
    from datetime import datetime

    folder = books.create(tmp_path, "石桥县", "0.1.0")
    with books.open_book(folder, clock) as book:
        book.act("看", [])
    with books.open_book(folder, Clock(lambda: datetime(2026, 12, 30, 8, 5))) as book:
        assert "2026-12-30 08:05" in book.warnings[0] and "2026-12-31 09:00" in book.warnings[0]
    with books.open_book(folder, clock) as book:
        assert book.warnings == ()
