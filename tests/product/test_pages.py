"""各页照着做都行得通：印着的命令都能执行，链接都有去处，图看得见，离线的安装包收得齐。"""

from __future__ import annotations

import re
import shutil
import struct
from functools import cache
from importlib.metadata import PackageNotFoundError, requires
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pages
import pytest
from cli_runner import xltool
from openpyxl_books import opened, saved_sheets
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from pages import PAGES, ROOT, page

if TYPE_CHECKING:
    from collections.abc import Mapping

SAMPLES = ROOT / "sample_inputs"
SMALL = SAMPLES / "mixed" / "示例市商务局_电商产业园扶持.xlsx"  # 小的一种，标注、汇总都快
SENT = (SMALL.name, "示例市残疾人联合会_康复服务.xlsx", "示例市地方志办公室.xlsx")
ALL = (*PAGES, *ROOT.glob("*/README.md"), *ROOT.glob("C*.md"))
README_LINES, PICTURE_BYTES, PICTURE_WIDTH = 250, 150_000, 1000


def place(name: str, folder: Path) -> None:
    """命令要读的、各人自己的文件，由示例代替。"""
    target = folder / name
    form = SAMPLES / "mixed" / "示例市地方志办公室.xlsx"
    match name:
        case "报送":
            target.mkdir()
            for file in SENT:
                shutil.copy(SAMPLES / "mixed" / file, target)
        case "报送/某局.xlsx":
            target.parent.mkdir()
            shutil.copy(SMALL, target)
        case "我的评分表.xlsx" | "名单.xlsx" | "某某局_自评报告.docx":
            (report,) = (SAMPLES / "with_report").glob("*.docx")
            kept = {"名单": SAMPLES / "mixed_名单.xlsx", "某某局_自评报告": report}
            shutil.copy(kept.get(target.stem, form), target)
        case "张.xlsx" | "李.xlsx":
            book = opened(collected(SMALL))
            book["疑点清单"]["Z3"] = f"{target.stem}看过"
            target.write_bytes(saved_sheets(collected(SMALL), book, ["疑点清单"]))
        case "本地.toml":
            target.write_text(pages.named_block(page("docs/定方案.md"), "overlay-scheme"), "utf-8")
        case "county-2025.toml":
            target.write_text(pages.named_block(page("docs/方案参考.md"), "small-form"), "utf-8")
        case "方案2026.toml":
            text = page("xltool/schemes/jiangmen-2025-special.toml")
            target.write_text(text.replace('"jiangmen-2025-', '"jiangmen-2026-'), "utf-8")
        case "方案2026.xlsx":
            assert xltool("scheme", "export", "jiangmen-2025-special", "-o", target).code == 0


@cache
def collected(form: Path) -> bytes:
    """只收来这一份的汇总。"""
    with TemporaryDirectory() as folder:
        inbox, book = Path(folder) / "报来", Path(folder) / "汇总.xlsx"
        inbox.mkdir()
        shutil.copy(form, inbox)
        assert xltool("collect", inbox, "-o", book, "--exit-zero").code == 0
        return book.read_bytes()


@pytest.fixture(scope="module")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("缓存")


@pytest.mark.usefixtures("marking_here")
@pytest.mark.parametrize("scene", pages.scenes())
def test_every_printed_command_works(
    scene: str, tmp_path: Path, own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """照印的样子执行：退出码 0 或 1（示例里有错误），不会是“没能执行”。

    各条看的是同样几份示例，与平时一样记着读过的。
    """
    monkeypatch.setenv("XLTOOL_CACHE", str(own_cache))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sample_inputs").symlink_to(SAMPLES)
    for command in scene.splitlines():
        given = pages.words(command)
        for before, name in pairwise(given):
            if before not in {"-o", "--marked"}:
                place(name, tmp_path)
        written = given[given.index("-o") + 1] if "-o" in given else None
        ran = xltool(*given)
        assert ran.code in ({0} if "--exit-zero" in given else {0, 1}), command + ran.err
        assert written is None or (tmp_path / written).exists()
        assert "--marked" not in given or list(tmp_path.glob("*/*_退回修改.xlsx"))


def test_commands_after_the_first_need_no_path() -> None:
    """激活以后的命令都以 xltool 或 python 开头；装的那几条自己带着路径。"""
    for path in PAGES:
        for block in pages.blocks(path.read_text("utf-8"), "bash"):
            assert block.startswith(("xltool ", "python ", "python3.11 -m venv .venv")), block


@pytest.mark.parametrize("path", ALL, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_has_a_target(path: Path) -> None:
    for file, anchor in pages.links(path):
        assert file.exists(), f"{path.name}：{file}"
        if anchor:
            assert anchor in pages.anchors(file.read_text("utf-8")), f"{path.name}：{anchor}"


def test_the_readme_leads_to_every_page_and_stays_short() -> None:
    readme = ROOT / "README.md"
    assert set(PAGES[1:]) <= {file for file, _ in pages.links(readme)}
    assert len(page("README.md").splitlines()) <= README_LINES


def test_every_picture_is_shown_and_small() -> None:
    shown = re.findall(r"^!\[(.+)\]\((docs/图/.+\.png)\)$", page("README.md"), re.MULTILINE)
    assert {ROOT / file for _, file in shown} == set((ROOT / "docs" / "图").iterdir())
    for _, file in shown:
        data = (ROOT / file).read_bytes()
        width, _ = struct.unpack(">II", data[16:24])
        assert data.startswith(b"\x89PNG")
        assert width > PICTURE_WIDTH
        assert len(data) < PICTURE_BYTES


LINUX = {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"}
WINDOWS = {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"}


def dependencies(package: str) -> list[str]:
    """一个包写明要的包；这台机器上没有装的（只有 Windows 才要的）查不到，当作没有。"""
    try:
        return requires(package) or []
    except PackageNotFoundError:
        return []


def needed(system: Mapping[str, str]) -> set[str]:
    """某种系统上要装的全部包。"""
    environment = {**system, "python_version": "3.11", "python_full_version": "3.11.9", "extra": ""}
    found: set[str] = set()
    waiting = ["xltool"]
    while waiting:
        for one in map(Requirement, dependencies(waiting.pop())):
            name = canonicalize_name(one.name)
            if name not in found and (not one.marker or one.marker.evaluate(environment)):
                found.add(name)
                waiting.append(name)
    return found


def test_the_offline_command_names_what_only_windows_needs() -> None:
    command = pages.named_block(page("docs/离线安装.md"), "offline-command")
    assert set(command.rpartition(" . ")[2].split()) == needed(WINDOWS) - needed(LINUX)
