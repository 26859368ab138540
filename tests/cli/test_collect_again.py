"""再汇总一次：没有变的不再读、不再写，印的、写的、退出码都与不用缓存的一样；缓存里放什么都骗不了它。"""

from __future__ import annotations

import os
import pickle
import shutil
from typing import TYPE_CHECKING

import pytest
from cli_forms import project_form, roster, write
from cli_runner import xltool
from openpyxl_books import loaded

from xltool.cache import key
from xltool.collection import reading
from xltool.consolidated import sources
from xltool.excel import consolidated_book

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cli_runner import Ran

NAMES = ("教育局", "民政局")


class Scene:
    """一个收件夹、一个目标、一个缓存；数着读了哪几个文件，写了几次。"""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = root
        self.inbox = root / "报送"
        self.target = root / "汇总.xlsx"
        self.cache = root / "缓存"
        self.read: list[str] = []
        self.written = 0
        actual_read, actual_write = reading._read, consolidated_book._write_set

        def read(path: Path, *more: object) -> object:
            self.read.append(path.stem)
            return actual_read(path, *more)

        def write_set(*arguments: object) -> object:
            self.written += 1
            return actual_write(*arguments)

        monkeypatch.setenv("XLTOOL_CACHE", str(self.cache))
        monkeypatch.setattr(reading, "_read", read)
        monkeypatch.setattr(consolidated_book, "_write_set", write_set)

    def fill(self) -> None:
        self.inbox.mkdir()
        for number, name in enumerate(NAMES, 101):
            self.put(name, department_code=str(number))

    def put(self, name: str, **contents: object) -> None:
        write(self.inbox, f"{name}.xlsx", project_form(department=f"示例市{name}", **contents))

    def collect(self, *options: str | Path) -> Ran:
        self.read.clear()
        self.written = 0
        return xltool("collect", self.inbox, "-o", self.target, *options)

    def outputs(self) -> dict[str, bytes]:
        folder = self.root / "汇总_评分表"
        files = [self.target, *sorted(folder.rglob("*.xlsx"))]
        return {str(path.relative_to(self.root)): path.read_bytes() for path in files}

    def entries(self) -> list[Path]:
        return [path for path in self.cache.iterdir() if path.name != "key"]

    def same_without_cache(self, *options: str | Path) -> None:
        """与不用缓存的逐字节相同，印的也相同。"""
        ran, cached = self.collect(*options), self.outputs()
        for path in (self.target, self.root / "汇总_评分表"):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        plain = self.collect("--no-cache", *options)
        assert self.outputs() == cached
        assert (plain.code, plain.out) == (ran.code, ran.out)
        assert plain.err.splitlines()[:-1] == ran.err.splitlines()[:-1]


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """还没有汇总过的。"""
    made = Scene(tmp_path, monkeypatch)
    made.fill()
    return made


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """汇总过一次的，照一份留着；缓存认得路径，所以各个测试都在原来的地方。"""
    root = tmp_path_factory.mktemp("再汇总") / "现场"
    root.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        made = Scene(root, patch)
        made.fill()
        made.collect()
        assert (sorted(made.read), made.written) == (sorted(NAMES), 1)
    return root.rename(root.with_name("留着"))


@pytest.fixture
def collected(first: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    """汇总过一次的。"""
    root = first.with_name("现场")
    shutil.copytree(first, root)
    yield Scene(root, monkeypatch)
    shutil.rmtree(root)


def test_nothing_is_done_again_when_nothing_changed(scene: Scene) -> None:
    first, written = scene.collect(), scene.outputs()
    before = scene.target.stat()
    second = scene.collect()
    assert (scene.read, scene.written, scene.outputs()) == ([], 0, written)
    after = scene.target.stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)
    assert (second.code, second.out) == (first.code, first.out)
    *lines, last = second.err.splitlines()
    assert lines == first.err.splitlines()[:-1]
    assert last == f"没有变化，不必重写：{scene.target}"
    assert sorted(path.name for path in scene.root.iterdir()) == ["报送", "汇总.xlsx", "缓存"]
    scene.same_without_cache()


def test_the_json_is_the_same(scene: Scene) -> None:
    first = xltool("--json", "collect", scene.inbox, "-o", scene.target)
    second = xltool("--json", "collect", scene.inbox, "-o", scene.target)
    assert second.document == first.document


def test_only_the_changed_file_is_read(collected: Scene) -> None:
    collected.put("民政局", filler="另一人")
    collected.collect()
    assert (collected.read, collected.written) == (["民政局"], 1)
    collected.same_without_cache()


def test_a_renamed_file_is_read_under_its_name(collected: Scene) -> None:
    """问题里写着文件名。"""
    (collected.inbox / "民政局.xlsx").rename(collected.inbox / "改名.xlsx")
    ran = collected.collect("-v")
    assert collected.read == ["改名"]
    assert "改名.xlsx" in ran.out
    assert "民政局.xlsx" not in ran.out


def test_a_file_taken_away_is_not_there(collected: Scene) -> None:
    (collected.inbox / "民政局.xlsx").unlink()
    assert "民政局" not in collected.collect("-v").out
    assert (collected.read, collected.written) == ([], 1)
    collected.same_without_cache()


def test_returned_and_skipped_files_are_remembered_too(collected: Scene) -> None:
    (collected.inbox / "坏.xlsx").write_bytes(b"not a workbook")
    shutil.copy(collected.target, collected.inbox / "上次的汇总.xlsx")
    first = collected.collect("-v")
    assert sorted(collected.read) == ["上次的汇总", "坏"]
    second = collected.collect("-v")
    assert (collected.read, collected.written) == ([], 0)
    assert (second.code, second.out) == (1, first.out)


def test_other_options_write_again(collected: Scene) -> None:
    for options in (("--deadline", "2020-1-1"), ("--roster", roster(collected.root, NAMES))):
        collected.collect(*options)
        assert (collected.read, collected.written) == ([], 1)
        collected.collect(*options)
        assert (collected.read, collected.written) == ([], 0)
        collected.same_without_cache(*options)


def test_other_limits_read_again(collected: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XLTOOL_MAX_CELLS", "600000")
    reading.limits.cache_clear()
    collected.collect()
    monkeypatch.undo()
    reading.limits.cache_clear()
    assert sorted(collected.read) == sorted(NAMES)


def test_another_last_year_reads_again(collected: Scene) -> None:
    last = collected.root / "上年"
    last.mkdir()
    collected.collect("--last-year", last)
    assert sorted(collected.read) == sorted(NAMES)
    collected.collect("--last-year", last)
    assert (collected.read, collected.written) == ([], 0)
    shutil.copy(collected.inbox / "教育局.xlsx", last)
    collected.collect("--last-year", last)
    assert sorted(collected.read) == sorted(NAMES)


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """另一版的程序。"""
    with monkeypatch.context() as patch:
        patch.setattr(key, "__version__", "99")
        key.program_key.cache_clear()
        yield
    key.program_key.cache_clear()


@pytest.mark.usefixtures("newer")
def test_another_program_reads_again(collected: Scene) -> None:
    collected.collect()
    assert (sorted(collected.read), collected.written) == (sorted(NAMES), 1)


def test_other_schemes_read_again(collected: Scene) -> None:
    own = collected.root / "自己的.toml"
    text = '[scheme]\nextends = "jiangmen-2025-special"\nid = "own"\nversion = "{}"\n'
    for version in ("1", "2"):
        own.write_text(text.format(version), "utf-8")
        collected.read.clear()
        ran = xltool("--schemes", own, "collect", collected.inbox, "-o", collected.target)
        assert ran.code in {0, 1}, ran.err
        assert sorted(collected.read) == sorted(NAMES)


def test_a_book_that_somebody_saved_is_kept_and_what_he_wrote_is_carried(collected: Scene) -> None:
    """存过的当然不是原样；带过来的意见也是写出的内容，往后没有变化才不重写。"""
    book = loaded(collected.target)
    sheet = book["疑点清单"]
    (heading,) = (cell for cell in sheet[5] if cell.value == "复核意见")
    sheet.cell(6, heading.column).value = "采信说明"
    book.save(collected.target)
    saved = collected.target.read_bytes()
    ran = collected.collect()
    assert (ran.code, collected.written) == (0, 1)
    assert "复核意见带过来 1 条" in ran.err
    assert (collected.root / "汇总_1.xlsx").read_bytes() == saved
    carried = collected.outputs()
    ran = collected.collect()
    assert (collected.read, collected.written, collected.outputs()) == ([], 0, carried)
    assert "复核意见带过来 1 条" in ran.err
    collected.collect("--no-cache")
    assert collected.outputs() == carried


@pytest.mark.parametrize("spoil", ["taken", "shortened", "other"])
def test_a_book_that_is_not_as_written_is_written_again(collected: Scene, spoil: str) -> None:
    written = collected.outputs()
    data = collected.target.read_bytes()
    match spoil:
        case "taken":
            collected.target.unlink()
        case "shortened":  # 还认得出是自己的，末尾多出的字节使它不再是原来的
            collected.target.write_bytes(data + b"\0")
        case _:
            collected.put("民政局", filler="另一人")
            collected.collect()
            collected.put("民政局", department_code="102")
    collected.collect()
    assert collected.written == 1
    assert collected.outputs() == written


def test_forms_beside_are_copied_and_checked(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """另存的评分表：没有变的照抄，抄之前看它是不是原样。"""
    monkeypatch.setattr(sources, "MOST_IN_BOOK", 1)
    printed: list[str] = []
    actual = consolidated_book.writing_forms

    def writing(jobs: list[object], *more: object) -> object:
        printed.append(str(len(jobs)))
        return actual(jobs, *more)

    monkeypatch.setattr(consolidated_book, "writing_forms", writing)
    scene.collect()
    scene.collect()
    scene.put("民政局", filler="另一人")
    scene.collect()
    assert (printed, len(scene.outputs())) == (["2", "1"], 3)
    scene.same_without_cache()
    assert printed[-1] == "2"
    next((scene.root / "汇总_评分表").rglob("0002*.xlsx")).unlink()
    scene.collect()
    assert (printed[-2:], len(scene.outputs())) == (["2", "1"], 3)


def test_a_form_beside_that_is_gone_is_made_again(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "MOST_IN_BOOK", 1)
    scene.collect()
    written = scene.outputs()
    gone = next((scene.root / "汇总_评分表").rglob("*.xlsx"))
    gone.unlink()
    scene.collect()
    assert (scene.written, scene.outputs()) == (1, written)
    gone.write_bytes(gone.read_bytes() + b"\0")
    scene.collect()
    assert (scene.written, scene.outputs()) == (1, written)


def test_entries_changed_in_any_way_are_read_again(collected: Scene) -> None:
    written = collected.outputs()
    names = [path.name for path in collected.entries()]
    changes = (
        lambda data: data[: len(data) // 2],
        lambda data: data[:-1] + bytes([data[-1] ^ 1]),
        lambda _: b"",
        lambda _: b"cos\nsystem\n(S'touch /tmp/x'\ntR.",
    )
    for change in changes:
        for name in names:
            path = collected.cache / name
            path.write_bytes(change(path.read_bytes()))
        collected.collect()
        assert (sorted(collected.read), collected.written) == (sorted(NAMES), 1)
        assert collected.outputs() == written


def test_entries_swapped_are_read_again(collected: Scene) -> None:
    """每一条都试，放在别的各条的名字下。"""
    written = collected.outputs()
    for name in [path.name for path in collected.entries()]:
        data = (collected.cache / name).read_bytes()
        for other in collected.entries():
            other.write_bytes(data)
        collected.collect()
        assert collected.outputs() == written
        assert len(collected.read) >= len(NAMES) - 1


class Trap:
    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self.target),)


def test_nothing_in_an_entry_runs_even_when_the_seal_fits(collected: Scene) -> None:
    """密钥也被偷去了：最多读出别的数据，不会执行。"""
    caught = collected.root / "中了"
    from xltool.cache.store import open_store

    store = open_store(collected.cache)
    assert store is not None
    for path in collected.entries():
        if not (store.get(path.name) or b"{").startswith(b"{"):
            store.put(path.name, pickle.dumps(Trap(caught)))
    collected.collect()
    assert (sorted(collected.read), caught.exists()) == (sorted(NAMES), False)


def test_the_cache_may_go_at_any_moment(collected: Scene) -> None:
    written = collected.outputs()
    shutil.rmtree(collected.cache)
    collected.collect()
    assert (sorted(collected.read), collected.outputs()) == (sorted(NAMES), written)
    collected.collect()
    assert collected.read == []


@pytest.mark.parametrize("how", ["variable", "option", "unusable"])
def test_without_the_cache_nothing_is_kept(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    options = ["--no-cache"] if how == "option" else []
    if how == "variable":
        monkeypatch.setenv("XLTOOL_CACHE", "off")
    elif how == "unusable":
        scene.cache.write_bytes(b"")
    for _ in range(2):
        ran = scene.collect(*options)
        assert (ran.code, len(scene.read), scene.written) == (0, len(NAMES), 1)
        assert ran.err.splitlines()[-1] == f"已写入 {scene.target}"
    assert not scene.cache.is_dir()


def test_a_full_disk_for_the_cache_stops_nothing(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xltool.cache.store import Store

    def full(*_: object) -> bytes:
        raise OSError(28, "full")

    monkeypatch.setattr(Store, "_seal", full)
    assert scene.collect().code == 0
    assert (scene.written, scene.entries()) == (1, [])
