"""The packed program: what build.spec leaves out is needed by nothing, and what is sent out has its digest beside it."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

import pytest

import dev

ROOT = Path(__file__).parents[2]
WITHOUT = """
import sys

class Left:
    def find_spec(self, name, path=None, target=None):
        if any(name == one or name.startswith(one + ".") for one in NOT_USED):
            raise ModuleNotFoundError(f"left out of the package: {name}", name=name)

NOT_USED = %r
for name in [name for name in sys.modules if any(name == one or name.startswith(one + ".") for one in NOT_USED)]:
    del sys.modules[name]
sys.meta_path.insert(0, Left())
"""


def said(name: str) -> Any:
    """A value that build.spec states."""
    tree = ast.parse((ROOT / "build.spec").read_text(encoding="utf-8"))
    return next(ast.literal_eval(node.value) for node in tree.body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name)


def without(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a script in which everything that the package leaves out cannot be imported."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("COV_", "COVERAGE"))}
    command = [sys.executable, "-c", WITHOUT % (said("NOT_USED"),) + script, *arguments]
    return subprocess.run(command, cwd=ROOT, env=plain, capture_output=True, text=True, encoding="utf-8", check=False)


def test_a_days_work_needs_nothing_that_is_left_out(tmp_path: Path) -> None:
    """The windowless self-test: import, check, every form, password, backup, without OpenSSL's digests, the network's modules and the mapper."""
    ran = without("import runpy\nsys.argv = ['office', 'self-test']\nrunpy.run_module('office', run_name='__main__')")
    assert ran.returncode == 0, ran.stderr
    done = json.loads(ran.stdout.partition("自检")[0])
    assert done["passed"] and "encrypted, opened, recovered, decrypted" in done["steps"]
    assert done["counts"]["forms"] == len(done["forms"]) > 15 and done["counts"]["rules"] == len(done["rules"]) > 70
    assert done["parts"]["SQLAlchemy"] and done["parts"]["Python"]


def test_every_module_of_the_window_loads_without_what_is_left_out() -> None:
    script = """
from importlib import import_module
from pathlib import Path
for room in ("desktop", "office", "returns", "intake", "db", "policy", "resources"):
    for file in sorted(Path(room).rglob("*.py")):
        if file.stem != "__main__":
            import_module(".".join(file.with_suffix("").parts).removesuffix(".__init__"))
"""
    ran = without(script)
    assert ran.returncode == 0, ran.stderr


def test_what_the_test_leaves_out_is_really_out() -> None:
    assert "left out of the package: ssl" in without("import ssl").stderr
    assert "left out of the package: sqlalchemy.orm" in without("import sqlalchemy.orm").stderr


def test_the_folder_may_not_grow_past_80_megabytes() -> None:
    assert said("LARGEST") == 80


@pytest.mark.skipif(os.name == "nt", reason="a zip on Windows")
def test_what_is_sent_out_has_its_digest_beside_it(tmp_path: Path) -> None:
    folder = tmp_path / "经办台账"
    folder.mkdir()
    (folder / "jingban").write_text("#!", encoding="ascii")
    (folder / "jingban").chmod(0o755)
    words = dev.packed(folder)
    (archive,) = tmp_path.glob("jingban-*.tar.gz")
    digest, name = archive.with_name(f"{archive.name}.sha256").read_text(encoding="ascii").split()
    assert (digest, name) == (hashlib.sha256(archive.read_bytes()).hexdigest(), archive.name) and digest in words
    with tarfile.open(archive) as held:
        assert held.getmember("经办台账/jingban").mode & 0o111
