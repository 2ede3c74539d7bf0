"""Where a book may lie: on a disk of this computer. Network drives break its locks, folders of sync programs copy it half written."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterable
from pathlib import Path, PureWindowsPath
from typing import Final

CLOUDS: Final = {
    "onedrive": "OneDrive",
    "坚果云": "坚果云",
    "nutstore": "坚果云",
    "我的坚果云": "坚果云",
    "百度网盘": "百度网盘",
    "百度云": "百度网盘",
    "baidunetdisk": "百度网盘",
    "baidusync": "百度网盘",
    "wps云盘": "WPS云盘",
    "wpsdrive": "WPS云盘",
    "wps cloud": "WPS云盘",
    "dropbox": "Dropbox",
    "腾讯微云": "腾讯微云",
    "微云": "腾讯微云",
    "阿里云盘": "阿里云盘",
    "天翼云盘": "天翼云盘",
    "icloud": "iCloud",
    "google drive": "Google Drive",
}
"""How the name of a sync program's folder begins → the program."""
_NETWORK_SYSTEMS: Final = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "fuse.sshfs", "fuse.smbnetfs", "fuse.davfs2", "davfs")
_DRIVE_REMOTE: Final = 4


def place_refusal(path: Path) -> str:
    """Why a book cannot be kept here, "" where it can: a network drive or a share."""
    if is_network(path):
        return f"“{path}”在网络盘或共享文件夹上，多人同时打开会损坏台账。请把台账文件夹复制到本机硬盘再打开；要交换数据的，用备份或上报数据包。"
    return ""


def place_warning(path: Path) -> str:
    """What to mind about this place, "" where nothing: a folder that a sync program uploads."""
    if cloud := cloud_of(path):
        return f"台账放在{cloud}的同步文件夹里：同步程序会上传个人信息，也可能把没写完的文件传乱。请把台账文件夹移到别处，需要时用备份复制。"
    return ""


def cloud_of(path: Path) -> str:
    """The sync program whose folder a path lies in, "" for none."""
    for part in PureWindowsPath(path).parts if "\\" in str(path) else path.parts:
        for start, name in CLOUDS.items():
            if part.casefold().startswith(start):
                return name
    synced = [os.environ.get(name, "") for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")]
    return "OneDrive" if any(root and path.is_relative_to(root) for root in synced) else ""


def is_network(path: Path) -> bool:
    """Whether a path lies on another computer."""
    if str(path).startswith(("\\\\", "//")):
        return True
    if sys.platform == "win32":
        drive = path.absolute().drive
        return bool(drive) and int(ctypes.windll.kernel32.GetDriveTypeW(drive + "\\")) == _DRIVE_REMOTE
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    return system_of(path.absolute(), mounts) in _NETWORK_SYSTEMS


def system_of(path: Path, mounts: Iterable[str]) -> str:
    """The file system a path lies on, by the lines of /proc/mounts (the longest mount point that holds it)."""
    found, longest = "", -1
    for line in mounts:
        _, point, system, *_ = [*line.split(" "), "", "", ""]
        point = point.replace("\\040", " ")
        if path.is_relative_to(point) and len(point) >= longest:
            found, longest = system, len(point)
    return found
