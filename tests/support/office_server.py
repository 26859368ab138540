"""测试用：一个开着的 LibreOffice，转换文件都交给它，启动的一两秒只花一次。

同一份设置的第二个 soffice 只把命令交给开着的那一个，等它做完。
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, NamedTuple

from office_macro import PROFILE

if TYPE_CHECKING:
    from collections.abc import Iterable

_PATIENCE: Final = 60  # 秒


class _Running(NamedTuple):
    command: tuple[str, ...]
    process: subprocess.Popen[bytes]
    folder: TemporaryDirectory[str]


@cache
def _running() -> _Running:
    """开着一张空表，做完一件才不会自己退出；打开文件时总是重新计算。"""
    folder = TemporaryDirectory(prefix="soffice-", ignore_cleanup_errors=True)
    profile = Path(folder.name)
    (profile / "user").mkdir()
    (profile / "user" / "registrymodifications.xcu").write_text(PROFILE, "utf-8")
    command = ("soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore")
    process = subprocess.Popen(
        [*command, "private:factory/scalc"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"LC_ALL": "C.UTF-8"},
        start_new_session=True,
    )
    end = time.monotonic() + _PATIENCE
    while not (profile / ".lock").exists():  # 有了它，就已经在等别的命令
        assert process.poll() is None
        assert time.monotonic() < end
        time.sleep(0.02)
    return _Running(command, process, folder)


def convert(sources: Iterable[Path], target: Path, to: str = "xlsx") -> None:
    """各份照 `to` 的格式存到 `target`，名字不变。"""
    paths = list(map(str, sources))
    command = [*_running().command, "--convert-to", to, "--outdir", str(target), *paths]
    subprocess.run(command, check=True, capture_output=True, timeout=_PATIENCE + 10 * len(paths))


def stop() -> None:
    """开过的关掉；没有开过的不必。"""
    if _running.cache_info().currsize:
        running = _running()
        os.killpg(running.process.pid, signal.SIGTERM)
        running.process.wait(_PATIENCE)
        running.folder.cleanup()
        _running.cache_clear()
