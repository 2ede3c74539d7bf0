"""The project's own commands, with nothing but Python 3.11 to 3.13: `python3 dev.py run`, `python3 dev.py test` and a few more.

Each makes .venv beside this file when it is missing and installs the hash-locked requirements it needs, again only when
the lock has changed. Further arguments go on to the program started: `python3 dev.py test tests/policy -k divisions`.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
OUT = ROOT / "out"

# Debian packages of the libraries that Qt's window and offscreen platforms load and the wheel does not bring.
QT_SYSTEM_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
CHECKS = [
    ("ruff", ["-m", "ruff", "check", "."]),
    ("mypy", ["-m", "mypy"]),
    ("import-linter", ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()", "--no-logo"]),
]
PYTEST = ["-m", "pytest", "--benchmark-disable"]
SAFETY = ["tests/safety", "-o", "faulthandler_timeout=0"]  # full counts take minutes
WHOLE = ["-n", "2"]  # with --cov it takes half as long again: dev.py test -n 2 --cov


def say(sentence: str) -> None:
    """One line for the person at the keyboard, also where the console cannot show Chinese."""
    encoding = sys.stdout.encoding or "utf-8"
    print(sentence.encode(encoding, "replace").decode(encoding), flush=True)


def python(*arguments: str, **environment: str) -> int:
    """Run .venv's Python in the project folder; its exit status."""
    return subprocess.run([PYTHON, *arguments], cwd=ROOT, env={**os.environ, **environment}, check=False).returncode


def apt_install(packages: list[str]) -> None:
    """Install Debian packages where we may, else end with the one command that does."""
    command = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    if sys.platform == "win32" or not shutil.which("apt-get"):
        sys.exit(f"缺少系统组件。请用本机的软件管理器安装与下列 Debian 软件包相当的组件，然后重新运行：\n  {' '.join(packages)}")
    if os.geteuid() != 0:
        sys.exit(f"缺少系统组件。请先运行下面这一条命令，然后重新运行：\n  sudo {command}")
    say(f"正在安装系统组件：{' '.join(packages)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["apt-get", "update", "-qq"], [*command.split(), "-qq"]):
        if subprocess.run(step, env=environment, stdout=subprocess.DEVNULL, check=False).returncode:
            sys.exit(f"系统组件没有装上。请检查网络或软件源，也可以自行运行：\n  {command}")


def need_system_libraries() -> None:
    """On Linux: what Qt's windows load from the system, and a Chinese font."""
    if not sys.platform.startswith("linux"):
        return
    missing = [package for library, package in QT_SYSTEM_LIBRARIES.items() if not loads(library)]
    fonts = shutil.which("fc-list") and subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True, check=False).stdout
    if not fonts:
        missing += ["fontconfig", "fonts-wqy-microhei"]
    if missing:
        apt_install(missing)


def loads(library: str) -> bool:
    """Whether a shared library is there."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def need(lock: str) -> None:
    """.venv with requirements/<lock>.txt installed, every file held against its hash."""
    if not PYTHON.exists():
        if importlib.util.find_spec("ensurepip") is None:
            apt_install([f"python3.{sys.version_info.minor}-venv"])
        say("正在建立 .venv …")
        venv.create(VENV, clear=True, with_pip=True)
    requirements = ROOT / "requirements" / f"{lock}.txt"
    stamp, digest = VENV / f"installed-{lock}", hashlib.sha256(requirements.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text(encoding="ascii") == digest:
        return
    say(f"正在安装 requirements/{lock}.txt …")
    options = ["--quiet", "--disable-pip-version-check", "--require-hashes", "--only-binary=:all:"]
    if python("-m", "pip", "install", *options, "-r", str(requirements)):
        sys.exit("没有装上。请检查网络后重新运行；仍然不行时，删除 .venv 文件夹再试。")
    stamp.write_text(digest, encoding="ascii")


def run(rest: list[str]) -> int:
    """open the program on the demo county; without a screen write its workbook to out/"""
    need("app")
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        say(f"这台机器没有屏幕，不能打开窗口；改为把示例县的报表写到 {OUT}。")
        return python("-m", "office", "demo", "--out", str(OUT), *rest)
    need_system_libraries()
    return python("-m", "desktop", "--demo", *rest)


def all_of(steps: list[tuple[str, list[str]]]) -> int:
    """Run every step, also after one failed, and sum up; 0 where all passed."""
    lines, failed = [], 0
    for name, arguments in steps:
        say(f"── {name}")
        started = time.monotonic()
        status = python(*arguments, QT_QPA_PLATFORM="offscreen")
        failed += status != 0
        lines.append(f"{'未通过' if status else '通过　'}  {name}（{time.monotonic() - started:.0f} 秒）")
    say("\n".join(["──", *lines]))
    return 1 if failed else 0


def test(rest: list[str]) -> int:
    """everything CI runs; with arguments only pytest with them (a path, -k …); --safety: the twelve safety tests with their full counts"""
    need("dev")
    need_system_libraries()
    if "--safety" in rest:
        return python(*PYTEST, *SAFETY, *rest, QT_QPA_PLATFORM="offscreen")
    if rest:
        return python(*PYTEST, *rest, QT_QPA_PLATFORM="offscreen")
    return all_of([*CHECKS, ("pytest", [*PYTEST, *WHOLE])])


def check(rest: list[str]) -> int:
    """the checks that run nothing: ruff, mypy, import-linter"""
    if rest:
        sys.exit(f"check 不带参数，多余的是：{' '.join(rest)}")
    need("dev")
    return all_of(CHECKS)


def bench(rest: list[str]) -> int:
    """the budgets B1–B13 side by side with their yardsticks, as a table (B3 B7: only those; --json FILE: also as data); 1 where one is missed"""
    need("dev")
    need_system_libraries()
    return python("-m", "tests.bench", *rest, QT_QPA_PLATFORM="offscreen")


def formulas(rest: list[str]) -> int:
    """every formula of the with-formulas edition calculated anew by LibreOffice, which must be installed; not part of CI"""
    need("dev")
    return python(*PYTEST, "tests/returns/test_recalculated.py", "--libreoffice", *rest, QT_QPA_PLATFORM="offscreen")


def pictures(rest: list[str]) -> int:
    """docs/pictures: every screen over the demo county at 1366×768, and docs/使用手册.md that shows them"""
    if rest:
        sys.exit(f"pictures 不带参数，多余的是：{' '.join(rest)}")
    need("app")
    need_system_libraries()
    folder, manual = "docs/pictures", "docs/使用手册.md"
    status = python("-m", "desktop.pictures", folder, QT_QPA_PLATFORM="offscreen")
    return status or python("-m", "office", "manual", "--pictures", folder, "--out", manual)


def package(rest: list[str]) -> int:
    """the folder build in dist/, the self-test of both programs in it, and the folder packed with its SHA-256 beside it"""
    need("package")
    need_system_libraries()
    status = python("-m", "PyInstaller", "--noconfirm", "--clean", "--log-level=WARN", *rest, "build.spec")
    if status:
        return status
    folder, suffix = ROOT / "dist" / "经办台账", ".exe" if WINDOWS else ""
    say(f"{folder}：{sum(file.stat().st_size for file in folder.rglob('*') if not file.is_symlink()) / 1e6:.0f} MB")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    for program, act in (("jingban", "self-test"), ("经办台账", "--self-test")):
        status = subprocess.run([folder / f"{program}{suffix}", act], env=environment, check=False).returncode
        say(f"{program} 自检{'未通过' if status else '通过'}")
        if status:
            return status
    (folder / "self-test.json").replace(folder.parent / "self-test.json")  # what was tried out goes beside the archive, not into it
    say(packed(folder))
    return 0


def packed(folder: Path) -> str:
    """The folder as one archive named by version and system, its SHA-256 in a file beside it; the archive's name and digest."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    kind = "zip" if WINDOWS else "gztar"  # zip knows no symbolic links
    archive = Path(shutil.make_archive(str(folder.parent / f"jingban-{version}-{'windows' if WINDOWS else sys.platform}"), kind, folder.parent, folder.name))
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    archive.with_name(f"{archive.name}.sha256").write_text(f"{digest}  {archive.name}\n", encoding="ascii")
    return f"{archive}（{archive.stat().st_size / 1e6:.0f} MB）\nSHA-256 {digest}"


def lock(rest: list[str]) -> int:
    """make requirements/*.txt again from pyproject.toml and requirements/*.in (--upgrade for newer versions)"""
    uv = shutil.which("uv")
    if not uv:
        sys.exit("需要 uv：请先运行 python3 -m pip install uv。")
    options = ["--quiet", "--universal", "--python-version=3.11", "--generate-hashes", "--custom-compile-command=python3 dev.py lock"]
    for name in ("app", "dev", "package"):
        more = [] if name == "app" else [f"requirements/{name}.in"]
        command = [uv, "pip", "compile", *options, *rest, "-o", f"requirements/{name}.txt", "pyproject.toml", *more]
        status = subprocess.run(command, cwd=ROOT, check=False).returncode
        if status:
            return status
    return 0


COMMANDS = (run, test, check, bench, formulas, pictures, package, lock)


def main() -> int:
    """Run the command that was asked for."""
    if not (3, 11) <= sys.version_info < (3, 14):
        sys.exit(f"需要 Python 3.11、3.12 或 3.13，这里是 {sys.version.split()[0]}。请换一个 Python 再运行。")
    parser = argparse.ArgumentParser(prog="dev.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        commands.add_parser(command.__name__, help=command.__doc__, add_help=False).set_defaults(command=command)
    chosen, rest = parser.parse_known_args()
    return int(chosen.command(rest))


if __name__ == "__main__":
    sys.exit(main())
