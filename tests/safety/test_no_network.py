"""No socket is ever opened: the program's day (demo county, password, backup, check, returns, verify) under an audit hook."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

DAY = """
import os, sys
from pathlib import Path
seen = []
sys.addaudithook(lambda event, _: seen.append(event) if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.")) else None)
from office.__main__ import main
out = Path(sys.argv[1])
codes = [main(["demo", "--out", str(out)])]
book = str(next(out.glob("*.经办台账")))
os.environ["JINGBAN_NEW_PASSWORD"] = os.environ["JINGBAN_PASSWORD"] = "春风十里 2026"
codes += [main(["password", book, "--set"]), main(["backup", book]), main(["verify", book])]
assert codes == [0, 0, 0, 0], codes
import socket
assert not seen, seen
try: socket.socket().close()
except OSError: pass
assert seen, "the hook sees a socket when there is one"
"""


def test_no_socket_is_opened(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", DAY, str(tmp_path)], capture_output=True, check=False, cwd=root, env={**os.environ, "PYTHONPATH": str(root)})
    assert done.returncode == 0, done.stderr.decode()[-2000:]
