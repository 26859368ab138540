"""汇总和旁边的评分表是一套：随时被杀，立着的要么是旧的一套，要么是新的一套；人存过的都留着。"""

from __future__ import annotations

import random
import re
import shutil
import time
from decimal import Decimal
from functools import cache, partial
from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl
import pytest
from collection_builder import SCHEME, filled
from form_files import form_file
from killed import contents, every_step, run_apart, standing
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter as letter
from openpyxl_books import loaded, saved
from scheme_variants import PROJECT, brief_for
from sizes import TIMES
from written_books import write_consolidated

from xltool.collection.collect import gather
from xltool.collection.model import Request
from xltool.excel.claim import BusyError, claimed
from xltool.excel.consolidated_book import Writing, write_gathered
from xltool.excel.output_set import claimed_set, forms_folder, own_outputs, set_state
from xltool.excel.pristine import State
from xltool.excel.saved_forms import written_in_forms
from xltool.form.form import make_form
from xltool.scheme.key import CellKey
from xltool.scoring.catalogue import ready_scheme
from xltool.workers.pool import WorkerPool

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

    from xltool.collection.collect import Gathered
    from xltool.collection.model import Collection

OLD_UNITS, NEW_UNITS = (1, 2), (1, 3)
KILLS = 12 * TIMES
Files = dict[str, bytes]


def gathered(
    folder: Path, units: tuple[int, ...], change: int, scheme_id: str = PROJECT
) -> Gathered:
    """项目表最小，写得最快：要写几百次。"""
    folder.mkdir()
    scheme, _ = ready_scheme(scheme_id)
    for number in units:
        cells = filled(scheme, 2)
        cells[CellKey("cover", "department")] = f"示例市第{number}局"
        cells[CellKey("cover", "department_code")] = f"90{number}"
        cells[CellKey("finance", "total")] = Decimal(20000 + change * number)
        form = make_form(brief_for(scheme, cells), cells)
        (folder / f"{number}.xlsx").write_bytes(form_file(form))
    return gather(Request(folder=folder, jobs=1))


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Collection, Collection]:
    """旧的一批和新的一批：退了一个单位，来了一个，另一个有改动。"""
    folder = tmp_path_factory.mktemp("报送")
    old = gathered(folder / "旧", OLD_UNITS, 1).collection
    return old, gathered(folder / "新", NEW_UNITS, 7).collection


@pytest.fixture(scope="module", autouse=True)
def few() -> Iterator[None]:
    """再少也另存。"""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("xltool.consolidated.sources.MOST_IN_BOOK", 1)
        yield


@pytest.fixture(scope="module")
def expected(
    both: tuple[Collection, Collection], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Files, Files]:
    """各写在一个空文件夹里时的样子。"""
    folders = []
    for collection in both:
        folder = tmp_path_factory.mktemp("一套")
        write_consolidated(collection, folder / "汇总.xlsx")
        folders.append(contents(folder))
    old, new = folders
    return old, new


@pytest.fixture
def target(expected: tuple[Files, Files], tmp_path: Path) -> Path:
    """旧的一套。"""
    path = tmp_path / "丙" / "汇总.xlsx"
    put(path.parent, expected[0])
    return path


def put(folder: Path, files: Files) -> None:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def restore(target: Path, files: Files) -> None:
    shutil.rmtree(target.parent)
    put(target.parent, files)


def test_killed_before_any_step_leaves_the_old_set_or_the_new(
    both: tuple[Collection, Collection],
    expected: tuple[Files, Files],
    target: Path,
    tmp_path: Path,
) -> None:
    """每动一步文件之前各死一次，一步不漏；再做一次就收拾干净，与从头做的一个字节也不差。

    留在盘上的与从前哪一次相同的，再做一次也就相同，不必再做。
    """
    old, new = expected
    again = partial(write_consolidated, both[1], target)
    steps = every_step(again, target.parent, tmp_path / "各步")
    assert standing(target) == new
    seen, left = set(), list[dict[str, bytes | None]]()
    for step in steps:
        shutil.rmtree(target.parent)
        step.rename(target.parent)
        now = standing(target)
        assert now in (old, new), step
        seen.add(now == new)
        if (found := everything(target.parent)) not in left:
            left.append(found)
            again()
            assert contents(target.parent) == new, step
    assert seen == {False, True}
    assert len(steps) > 20
    assert len(left) > 10


def everything(folder: Path) -> dict[str, bytes | None]:
    """连同文件夹；临时的文件夹每次的名字不同，不看。"""
    return {
        re.sub(r"\.part-\w+", ".part", str(path.relative_to(folder))): (
            path.read_bytes() if path.is_file() else None
        )
        for path in folder.rglob("*")
    }


def reviewed(target: Path) -> Files:
    """旧的一套，有人在里面写了意见。"""
    target.write_bytes(with_review(target.read_bytes()))
    return contents(target.parent)


@cache
def with_review(data: bytes) -> bytes:
    book = loaded(data)
    book["疑点清单"].cell(6, 9, "已电话核实")
    return saved(book)


def seen(path: Path, sheet: str) -> ReadOnlyWorksheet:
    """只看一张，别的不解析。"""
    return openpyxl.load_workbook(BytesIO(path.read_bytes()), read_only=True)[sheet]


def verdicts(target: Path) -> list[object]:
    """疑点清单的复核意见一栏。"""
    return [row[0] for row in seen(target, "疑点清单").iter_rows(1, None, 9, 9, values_only=True)]


def test_killed_before_any_step_the_review_is_in_a_book_that_stands(
    both: tuple[Collection, Collection], target: Path, tmp_path: Path
) -> None:
    """人存过的：随便哪一步死了，写的都在立着的一份里；再做一次，正名的一份带着它。

    留在盘上的与从前哪一次相同的，再做一次也就相同，不必再做。
    """
    kept = reviewed(target)[target.name]
    again = partial(write_consolidated, both[1], target)
    steps = every_step(again, target.parent, tmp_path / "各步")
    whole = contents(target.parent)
    assert [name for name in whole if "/" not in name] == ["汇总.xlsx", "汇总_1.xlsx"]
    assert whole["汇总_1.xlsx"] == kept
    seen, left = set(), list[dict[str, bytes | None]]()
    for step in steps:
        shutil.rmtree(target.parent)
        step.rename(target.parent)
        books = [path.read_bytes() for path in target.parent.glob("汇总*.xlsx")]
        assert kept in books, step
        assert standing(target), step
        seen.add(target.read_bytes() == kept)
        if (found := everything(target.parent)) not in left:
            left.append(found)
            again()
            assert contents(target.parent) == whole, step
    assert seen == {False, True}
    assert len(steps) > 20
    assert len(left) > 5
    assert "已电话核实" in verdicts(target)


def test_without_hard_links_the_saved_book_is_copied(
    both: tuple[Collection, Collection], target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    kept = reviewed(target)[target.name]
    monkeypatch.setattr("os.link", no_links)
    assert write_consolidated(both[1], target) == target
    assert target.with_name("汇总_1.xlsx").read_bytes() == kept
    assert target.read_bytes() != kept


def test_the_plain_name_is_gone_but_the_numbered_one_is_read(
    both: tuple[Collection, Collection], target: Path
) -> None:
    reviewed(target)
    target.rename(target.with_name("汇总_4.xlsx"))
    assert write_consolidated(both[1], target) == target
    assert "已电话核实" in verdicts(target)
    assert sorted(path.name for path in target.parent.glob("*.xlsx")) == [
        "汇总.xlsx",
        "汇总_4.xlsx",
    ]


def test_last_years_book_is_no_earlier_one_of_this_year(
    both: tuple[Collection, Collection], target: Path
) -> None:
    """照年份取名放在旁边的：那一年的意见不带到这一年，文件也不动。"""
    kept = reviewed(target)[target.name]
    last_year = target.with_name("汇总_2024.xlsx")
    target.rename(last_year)
    assert write_consolidated(both[1], target) == target
    names = openpyxl.load_workbook(BytesIO(target.read_bytes()), read_only=True).sheetnames
    assert "已不再出现" not in names
    assert "已电话核实" not in verdicts(target)
    assert last_year.read_bytes() == kept


def test_saved_again_meanwhile_is_read_again(
    both: tuple[Collection, Collection], target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """写新的一份的时候，有人又存了一次：连他写的一起带。"""
    from xltool.excel import consolidated_book

    check, times = consolidated_book.check_output, []

    def meanwhile(*arguments: object) -> None:
        if not times:
            reviewed(target)
        times.append(1)
        check(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(consolidated_book, "check_output", meanwhile)
    assert write_consolidated(both[1], target) == target
    assert len(times) == 2
    assert "已电话核实" in verdicts(target)
    assert target.with_name("汇总_1.xlsx").exists()


def random_kills(count: int, work: object, check: object) -> None:
    """先看做完要多久，再在这中间随便哪一刻杀掉。"""
    assert callable(work)
    assert callable(check)
    started = time.perf_counter()
    assert run_apart(work) == 0
    whole = time.perf_counter() - started
    chance = random.Random(14)  # noqa: S311 - moments, not secrets
    killed = 0
    for _ in range(count):
        killed += run_apart(work, after=chance.uniform(0, whole)) != 0
        check()
    assert killed > count // 3


@pytest.mark.drawn
def test_killed_at_any_moment_leaves_one_set(
    both: tuple[Collection, Collection], expected: tuple[Files, Files], target: Path
) -> None:
    old, new = expected

    def check() -> None:
        assert standing(target) in (old, new)
        restore(target, old)

    random_kills(KILLS, partial(write_consolidated, both[1], target), check)


def test_withdrawn_units_leave_no_form(both: tuple[Collection, Collection], target: Path) -> None:
    assert len(list(forms_folder(target).glob("*/*"))) == len(OLD_UNITS)
    write_consolidated(both[1], target)
    assert contents(target.parent) == standing(target)


def test_few_enough_for_the_book_leave_no_folder(
    both: tuple[Collection, Collection], target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xltool.consolidated.sources.MOST_IN_BOOK", 100)
    write_consolidated(both[1], target)
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_the_same_again_changes_nothing(
    both: tuple[Collection, Collection], expected: tuple[Files, Files], target: Path
) -> None:
    write_consolidated(both[0], target)
    assert contents(target.parent) == expected[0]


def test_a_locked_book_keeps_its_forms(
    both: tuple[Collection, Collection], expected: tuple[Files, Files], target: Path
) -> None:
    target.with_name("~$汇总.xlsx").touch()
    saved = write_consolidated(both[1], target)
    assert saved == target.with_name("汇总_另存.xlsx")
    assert standing(target) == expected[0]
    assert len(standing(saved)) == len(NEW_UNITS) + 1
    assert {path.partition("/")[0] for path in standing(saved)} == {
        "汇总_另存.xlsx",
        "汇总_另存_评分表",
    }


def test_what_a_reviewer_wrote_in_a_form_is_kept(tmp_path: Path) -> None:
    """复核两栏是到汇总去的链接；解了保护写的、写在表外的、批注，都抄给下一份，原件留着。"""
    both = (
        gathered(tmp_path / "旧", OLD_UNITS, 1, SCHEME).collection,
        gathered(tmp_path / "新", NEW_UNITS, 7, SCHEME).collection,
    )
    target = tmp_path / "丙" / "汇总.xlsx"
    target.parent.mkdir()
    write_consolidated(both[0], target)
    form = next(forms_folder(target).glob("*/0001*"))
    book = loaded(form)
    sheet = book["评分表"]
    columns = {cell.value: cell.column for cell in sheet[6]}
    score, note = (sheet.cell(7, columns[name]) for name in ("复核得分", "复核意见"))
    assert (score.value, note.value) == ("—", "到汇总里填")
    assert note.hyperlink.target == "../../汇总.xlsx"
    assert note.hyperlink.location == "'得分明细'!A1"
    assert (score.protection.locked, note.protection.locked) == (True, True)
    score.value, sheet.cell(8, note.column).value = 1.5, "同意"
    sheet.cell(9, sheet.max_column + 1).value = "看过"
    sheet.cell(10, score.column).comment = Comment("再核", "李")
    book.save(form)
    before = standing(target)
    assert write_consolidated(both[1], target) == target
    kept = standing(target.with_name("汇总_1.xlsx"))
    assert {name.replace("_1.", "."): data for name, data in kept.items()} == before
    assert seen(form, "评分表").cell(8, note.column).value == "同意"
    told = [row[2:5] for row in seen(target, "复核人另写的").iter_rows(6, values_only=True)]
    assert told == [
        ("01", "复核得分", "1.5"),
        ("02", "复核意见", "同意"),
        (f"{letter(sheet.max_column)}9", "（表外）", "看过"),
        (f"{letter(score.column)}10", "批注", "再核"),
    ]
    write_consolidated(both[0], target)
    assert not target.with_name("汇总_2.xlsx").exists()
    assert form.exists()
    again = [row[2:5] for row in seen(target, "复核人另写的").iter_rows(6, values_only=True)]
    assert again == told


def write_about(book: Workbook, name: str) -> list[tuple[str, str]]:
    """每张表的右边、下面各写一处，第一张表另有一条批注；写在哪里。"""
    placed = []
    for sheet in book.worksheets:
        last = sheet.max_row, sheet.max_column
        for at in ((9, last[1] + 1), (last[0] + 1, 2)):
            sheet.cell(*at).value = "看过"
            placed.append((f"{name} {sheet.title}", f"{letter(at[1])}{at[0]}"))
    book.worksheets[0].cell(3, 1).comment = Comment("看过", "李")
    return [*placed, (f"{name} {book.worksheets[0].title}", "A3")]


@pytest.mark.parametrize("version", ["", "1999.1"])
def test_what_is_written_beside_and_below_any_sheet_is_found(target: Path, version: str) -> None:
    """各种表照自己印到第几列、第几行看：项目的评分表比部门的窄；后来方案换了版的照样。"""
    form = next(forms_folder(target).glob("*/0001*"))
    book = loaded(form)
    placed = write_about(book, form.name)
    for row in book["_xltool"].iter_rows(max_col=2) if version else ():
        if row[0].value == "version":
            row[1].value = version
    book.save(form)
    found = [(one.sheet, one.item) for one in written_in_forms(target) if "看过" in one.text]
    assert sorted(found) == sorted(placed)


def test_a_form_that_nobody_knows_keeps_its_comments(target: Path) -> None:
    """认不出是哪一种的，不知道印到哪里，批注照样带走。"""
    form = next(forms_folder(target).glob("*/0001*"))
    book = loaded(form)
    write_about(book, form.name)
    for sheet in book.worksheets[1:]:
        book.remove(sheet)
    book.save(form)
    assert [one.item for one in written_in_forms(target) if "看过" in one.text] == ["A3"]


def test_what_is_printed_is_not_taken_for_written(target: Path) -> None:
    """只是存过、什么也没有写的，一处也不列。"""
    form = next(forms_folder(target).glob("*/0001*"))
    book = loaded(form)
    book.worksheets[0].cell(3, 1).comment = Comment("看过", "李")  # 没有这一处，就不打开看了
    book.save(form)
    assert [one.item for one in written_in_forms(target)] == ["A3"]


@pytest.mark.parametrize("lock", ["~$0001.xlsx", ".~lock.0001.xlsx#"])
def test_a_form_that_is_open_is_not_taken_away(
    both: tuple[Collection, Collection], target: Path, lock: str
) -> None:
    folder = next(forms_folder(target).iterdir())
    (folder / lock).touch()
    assert write_consolidated(both[1], target) == target.with_name("汇总_另存.xlsx")


def test_things_that_people_put_there_are_kept(
    both: tuple[Collection, Collection], target: Path
) -> None:
    note = forms_folder(target) / "复核记录.txt"
    note.write_text("甲", "utf-8")
    assert write_consolidated(both[1], target) == target
    assert note.read_text("utf-8") == "甲"
    inside = next(path for path in forms_folder(target).iterdir() if path.is_dir()) / "记录.txt"
    inside.write_text("乙", "utf-8")
    assert set_state(target) is State.KEPT
    assert write_consolidated(both[0], target) == target
    assert target.with_name("汇总_1.xlsx").exists()
    assert inside.exists()


def test_forms_of_an_earlier_version_lie_in_the_folder_itself(
    both: tuple[Collection, Collection], expected: tuple[Files, Files], target: Path
) -> None:
    """没有人存过的随新的一套换掉，存过的留着。"""
    generation = next(forms_folder(target).iterdir())
    for form in generation.iterdir():
        form.rename(forms_folder(target) / form.name)
    generation.rmdir()
    assert write_consolidated(both[1], target) == target
    assert contents(target.parent) == expected[1]


def test_saved_while_the_new_one_is_being_written(
    both: tuple[Collection, Collection], target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """开始时没有人动，写的时候有人存了：换名之前再看一眼。"""
    from xltool.excel import consolidated_book

    check = consolidated_book.check_output
    before = standing(target)

    def meanwhile(*arguments: object) -> None:
        target.with_name("~$汇总.xlsx").touch()
        check(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(consolidated_book, "check_output", meanwhile)
    saved = write_consolidated(both[1], target)
    assert saved == target.with_name("汇总_另存.xlsx")
    assert standing(target) == before
    assert len(standing(saved)) == len(NEW_UNITS) + 1
    assert [path.name for path in target.parent.rglob(".part-*")] == []


def test_two_at_once_the_second_is_told(both: tuple[Collection, Collection], target: Path) -> None:
    before = contents(target.parent)
    with claimed_set(target) as place, WorkerPool(1) as pool:
        with pytest.raises(BusyError):
            write_consolidated(both[1], target)
        write = gathered(target.parent / "报送", NEW_UNITS, 7)
        write_gathered(write, place, Writing(pool))
    shutil.rmtree(target.parent / "报送")
    assert contents(target.parent) != before
    assert write_consolidated(both[1], target) == target


def test_a_dead_run_is_swept_but_a_living_one_is_not(tmp_path: Path) -> None:
    target = tmp_path / "汇总.xlsx"

    def hold() -> None:
        with claimed(target) as part:
            part.handle.write(b"half")
            part.handle.flush()
            time.sleep(60)

    assert run_apart(hold, after=0.5) != 0
    assert len(list(tmp_path.iterdir())) == 2
    with claimed(target) as part:
        assert part.path.stat().st_size == 0
        with pytest.raises(BusyError), claimed(target):
            pass
        assert part.path.exists()
    assert list(tmp_path.iterdir()) == []


def test_a_link_in_place_of_the_part_is_not_followed(tmp_path: Path) -> None:
    target, victim = tmp_path / "汇总.xlsx", tmp_path / "别人的"
    victim.write_bytes(b"x")
    with claimed(target) as part:
        name = part.path
    name.symlink_to(victim)
    with claimed(target) as part:
        part.handle.write(b"new")
    assert victim.read_bytes() == b"x"
    name.with_suffix(".lock").symlink_to(victim)
    with pytest.raises(OSError, match="lock"), claimed(target):
        pass


def test_other_names_and_their_folders_are_ours(tmp_path: Path) -> None:
    names = ["汇总.xlsx", "汇总_2.xlsx", "汇总_另存.xlsx", "汇总_另存2.xlsx"]
    for name in names:
        (tmp_path / name).touch()
    found = [path.name for path in own_outputs(tmp_path / "汇总.xlsx")]
    assert found == [each for name in names for each in (name, f"{name[:-5]}_评分表")]
