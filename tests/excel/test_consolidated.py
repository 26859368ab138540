"""单位多于一本能装的，各单位的评分表另存在旁边，由链接打开；再次汇总不会把它们当报送。"""

from __future__ import annotations

import re
import shutil
import zipfile
from decimal import Decimal
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from collection_builder import SCHEME, filled
from form_files import form_file
from openpyxl.utils import get_column_letter
from openpyxl_books import loaded
from read_forms import read_submission
from written_books import write_consolidated

from xltool.collection.collect import collect
from xltool.collection.model import Request
from xltool.collection.statuses import FileStatus
from xltool.excel.claim import PART_PREFIX
from xltool.excel.output_set import forms_folder
from xltool.excel.scored_forms import Job, write_form, writing_forms
from xltool.form.form import make_form
from xltool.scheme.key import CellKey
from xltool.scoring.catalogue import ready_scheme
from xltool.workers.pool import WorkerPool

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from xltool.collection.model import Collection

UNITS = 3


@pytest.fixture(scope="module", autouse=True)
def few() -> Iterator[None]:
    """再少也另存。"""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("xltool.consolidated.sources.MOST_IN_BOOK", UNITS - 1)
        yield


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """各个测试只看；要动的用副本。"""
    scheme, _ = ready_scheme(SCHEME)
    folder = tmp_path_factory.mktemp("报送")
    for number in range(1, UNITS + 1):
        contents = filled(scheme, 3)
        contents[CellKey("cover", "department")] = f"示例市第{number}局"
        contents[CellKey("cover", "department_code")] = f"90{number}"
        contents[CellKey("finance", "total")] = Decimal(20000 + number)
        (folder / f"{number}.xlsx").write_bytes(form_file(make_form(scheme, contents)))
    return folder


@pytest.fixture(scope="module")
def collection(inbox: Path) -> Collection:
    return collect(Request(folder=inbox, jobs=1))


@pytest.fixture(scope="module")
def alone(collection: Collection, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """在本进程写的一份，各个测试只看。"""
    target = tmp_path_factory.mktemp("单独") / "汇总.xlsx"
    assert write_consolidated(collection, target) == target
    return target


def links(path: Path) -> set[str]:
    with zipfile.ZipFile(path) as archive:
        texts = [archive.read(n).decode() for n in archive.namelist() if n.endswith(".rels")]
    found = re.findall(r'Target="([^"]+)" TargetMode="External"', "".join(texts))
    return {unquote(one).split("#")[0] for one in found}


def forms(target: Path) -> list[Path]:
    """旁边各单位的表，连同不该在的。"""
    return sorted(path for path in forms_folder(target).rglob("*") if path.is_file())


def test_scored_forms_go_beside_the_book_and_are_linked(
    collection: Collection, alone: Path
) -> None:
    written = forms(alone)
    assert [path.name for path in written] == ["0001.xlsx", "0002.xlsx", "0003.xlsx"]
    assert links(alone) == {str(path.relative_to(alone.parent)) for path in written}
    scheme, _ = ready_scheme(SCHEME)
    for path, unit in zip(written, collection.units, strict=True):
        reading = read_submission(path, [scheme])
        assert reading.submission is not None
        again = reading.submission.entries
        for key, value in unit.report().contents.items():
            read = again[key].value
            assert getattr(read, "number", read) == value or getattr(read, "raw", read) == value


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """再少也分给几个进程，一份一批。"""
    for name in ("FEW", "_FEWEST", "_CHUNK"):
        monkeypatch.setattr(f"xltool.workers.run.{name}", 1)


def same(one: Path, other: Path) -> bool:
    """两份汇总连同旁边各单位的表，逐字节相同。"""
    names = [[str(path.relative_to(book.parent)) for path in forms(book)] for book in (one, other)]
    pairs = zip((one, *forms(one)), (other, *forms(other)), strict=True)
    return names[0] == names[1] and all(a.read_bytes() == b.read_bytes() for a, b in pairs)


@pytest.mark.usefixtures("eager")
def test_the_number_of_workers_changes_no_byte(
    collection: Collection, tmp_path: Path, alone: Path
) -> None:
    with WorkerPool(2) as pool:
        together = write_consolidated(collection, tmp_path / "汇总.xlsx", pool)
        assert len(pool.workers) == 2
    assert same(alone, together)


@pytest.mark.usefixtures("eager")
def test_what_a_dead_worker_should_have_written_is_written(
    collection: Collection, tmp_path: Path, alone: Path
) -> None:
    with WorkerPool(2) as pool:
        for _ in range(2):
            worker = pool.start(write_form)
            worker.process.kill()
            worker.process.join()
        together = write_consolidated(collection, tmp_path / "汇总.xlsx", pool)
    assert same(alone, together)


def generations(target: Path) -> list[Path]:
    return sorted(forms_folder(target).iterdir())


def test_a_full_disk_stops_it_all_and_names_the_file(
    inbox: Path, alone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "写出" / "汇总.xlsx"
    shutil.copytree(alone.parent, target.parent)
    first, *_ = generations(target)
    fewer = tmp_path / "报送"
    shutil.copytree(inbox, fewer)
    (fewer / "1.xlsx").unlink()
    before = target.read_bytes()

    def full(job: Job, _: object) -> None:
        if "0002" in job.target:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("xltool.consolidated.sources.MOST_IN_BOOK", 1)
    monkeypatch.setattr("xltool.excel.scored_forms.print_form", full)
    with pytest.raises(OSError, match="0002"):
        write_consolidated(collect(Request(folder=fewer, jobs=1)), target)
    assert target.read_bytes() == before
    assert generations(target) == [first]
    assert not [path for path in tmp_path.rglob("*") if path.name.startswith(PART_PREFIX)]


@pytest.mark.usefixtures("eager")
def test_a_fault_of_the_program_comes_back_with_its_place(tmp_path: Path) -> None:
    jobs = [Job(b"", str(tmp_path / f"{number}.xlsx")) for number in range(2)]
    program_fault = pytest.raises(RuntimeError, match=r"report_slices\.py")
    with WorkerPool(2) as pool, writing_forms(jobs, pool) as finish, program_fault:
        finish()


def test_own_output_inside_the_inbox_is_skipped(
    collection: Collection, inbox: Path, alone: Path, tmp_path: Path
) -> None:
    for written in (inbox, alone.parent):
        shutil.copytree(written, tmp_path, dirs_exist_ok=True)
    target = tmp_path / "汇总.xlsx"
    exclude = (target, forms_folder(target))
    second = collect(Request(folder=tmp_path, exclude=exclude, jobs=1))
    assert [unit.total for unit in second.units] == [unit.total for unit in collection.units]
    skipped = [file.file for file in second.files if file.status is FileStatus.SKIPPED]
    assert len(skipped) == UNITS + 1


def test_a_register_too_wide_for_a_page_is_printed_on_several(alone: Path) -> None:
    """收支资产有二十几栏：缩到一页看不清，分成几页，每页都有单位名称。"""
    book = loaded(alone)
    wide, narrow = book["收支资产"], book["报送情况"]
    assert (wide.page_setup.fitToWidth, wide.page_setup.fitToHeight) == (3, 0)
    assert wide.print_title_cols == "$A:$B"
    assert narrow.page_setup.fitToWidth in {None, 1}
    assert narrow.print_title_cols is None
    titled = [cell.column for cell in wide[2] if cell.alignment.horizontal == "centerContinuous"]
    half = sum(wide.column_dimensions[get_column_letter(n)].width for n in titled)
    assert 0 < half < 250
