"""P18：读报送、汇总只打开给的文件，不联网，不起别的程序，只在输出的地方写。"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SAMPLES = Path(__file__).parents[2] / "sample_inputs"
# 解释器的审计事件：连网、起程序、以写的方式打开文件，全都记下来
WATCH = """
import os, sys
from pathlib import Path
seen = []
def hook(event, args):
    if event.startswith(("socket.connect", "socket.getaddrinfo", "subprocess.", "os.system",
                         "os.exec", "os.posix_spawn")):
        seen.append((event, str(args[:1])))
    if event == "open" and isinstance(args[0], str | bytes | os.PathLike):
        mode, flags = args[1], args[2] or 0
        writes = any(c in (mode or "") for c in "wax+")
        writes = writes or flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if writes and not os.fspath(args[0]).startswith(sys.argv[1]):
            seen.append((event, str(args[0])))
from xltool.cli.run import run
sys.dont_write_bytecode = True
sys.addaudithook(hook)
run(["collect", sys.argv[2], "-o", sys.argv[1] + "/汇总.xlsx", "--roster", sys.argv[3], "-qq"])
run(["check", sys.argv[4], "-qq"])
for one in seen:
    print(one)
"""


def test_only_the_given_files_are_opened(tmp_path: Path) -> None:
    arguments = [tmp_path, SAMPLES / "inbox", SAMPLES / "名单.xlsx"]
    sample = SAMPLES / "as_published" / "江门市工业和信息化局.xlsx"
    command = [sys.executable, "-c", WATCH, *map(str, arguments), str(sample)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout == ""
    assert [path.name for path in tmp_path.iterdir()] == ["汇总.xlsx"]  # 没有留下临时文件
