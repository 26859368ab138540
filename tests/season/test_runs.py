"""收表记录：每次汇总一行，每个文件哪一次来的、换过、不见了；写出再读回是同一回事。"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import openpyxl

from xltool.collection.model import Collection, FileOutcome, Unit
from xltool.collection.owed import Obligation
from xltool.collection.statuses import FileStatus, UnitStatus
from xltool.excel.write import write_book
from xltool.season.log_book import FILES, RUNS, log_plan, read_log
from xltool.season.runs import FileRecord, RunLog, RunRecord, logged

if TYPE_CHECKING:
    from pathlib import Path


def collected(**files: str) -> Collection:
    """文件和它的指纹；没有指纹的是锁文件。"""
    outcomes = tuple(
        FileOutcome(
            file=name,
            sha256=digest,
            status=FileStatus.ADOPTED if digest else FileStatus.SKIPPED,
            reason="",
        )
        for name, digest in files.items()
    )
    units = (
        Unit(
            key="甲",
            code="",
            department="甲",
            status=UnitStatus.REPORTED,
            listed=True,
            owner="甲",
            owed=(Obligation(file="甲"),),
            scheme="mof-project",
        ),
        Unit(
            key="乙",
            code="",
            department="乙",
            status=UnitStatus.ABSENT,
            listed=True,
            owner="乙",
            owed=(Obligation(),),
        ),
    )
    return Collection(folder="报送", roster="名单.xlsx", files=outcomes, units=units, findings=())


def step(log: RunLog, **files: str) -> RunLog:
    run = RunRecord(number=log.following, time="2025-04-30 16:05", who="张三", version="1")
    return logged(log, run, collected(**files))


def test_each_run_tells_what_is_new_changed_and_gone() -> None:
    log = step(RunLog(), 甲="1", 乙="2", 锁="")
    log = step(log, 甲="1", 乙="3", 丙="4")
    log = step(log, 丙="4")
    log = step(log, 丙="4", 甲="9")
    told = [(run.number, run.new, run.changed, run.gone) for run in log.runs]
    assert told == [
        ("1", "2", "0", "0"),
        ("2", "1", "1", "0"),
        ("3", "0", "0", "2"),
        ("4", "1", "0", "0"),
    ]
    assert log.files == (
        FileRecord(file="丙", sha256="4", status="采用", first="2"),
        FileRecord(file="乙", sha256="3", status="采用", first="1", changed="2", gone="3"),
        FileRecord(file="甲", sha256="9", status="采用", first="4"),
    )


def test_each_run_tells_its_counts() -> None:
    (run,) = step(RunLog(), 甲="1", 锁="").runs
    assert (run.found, run.adopted, run.skipped) == ("2", "1", "1")
    assert (run.owed, run.reported, run.absent, run.schemes) == (
        "2",
        "1",
        "1",
        "mof-project 2020.2",
    )


def test_the_book_gives_back_the_log(tmp_path: Path) -> None:
    log = step(step(RunLog(), 甲="1", 乙="2"), 甲="8")
    path = write_book(log_plan(log), tmp_path / "收表记录.xlsx")
    assert read_log(path) == log
    sheet = openpyxl.load_workbook(path)[RUNS]
    assert [row[0] for row in sheet.iter_rows(5, values_only=True)] == [2, 1]  # 最近的在上


def test_remarks_of_people_are_read_too(tmp_path: Path) -> None:
    path = write_book(log_plan(step(RunLog(), 甲="1")), tmp_path / "收表记录.xlsx")
    book = openpyxl.load_workbook(path)
    heads = [cell.value for cell in book[RUNS][4]]
    book[RUNS].cell(5, heads.index("备注") + 1).value = "第一批"
    book[FILES].cell(9, 1).value = None
    book.save(path)
    log = read_log(path)
    assert log is not None
    assert [run.remark for run in log.runs] == ["第一批"]
    assert len(log.files) == 1


def test_names_and_remarks_come_back_with_their_spaces(tmp_path: Path) -> None:
    names = {" 甲  乙.xlsx": "1", "教育局\u3000自评表.xlsx": "2"}
    log = step(RunLog(), **names)
    log = RunLog((replace(log.runs[0], remark="第一批\n另有两份未到"),), log.files)
    read = read_log(write_book(log_plan(log), tmp_path / "收表记录.xlsx"))
    assert read == log
    again = step(read, **names).runs[-1]
    assert (again.new, again.changed, again.gone) == ("0", "0", "0")


def test_another_book_is_no_log(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "别的.xlsx")
    (tmp_path / "坏的.xlsx").write_bytes(b"")
    assert read_log(tmp_path / "别的.xlsx") is None
    assert read_log(tmp_path / "坏的.xlsx") is None
