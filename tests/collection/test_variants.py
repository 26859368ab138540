"""名单上的表种：认得出、认不出的说最像哪一种；交来的不是那一种的指出来。"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from collection_builder import filled, roster_bytes
from form_files import form_file

from xltool.collection.collect import collect
from xltool.collection.model import Request
from xltool.collection.roster import Roster, read_roster
from xltool.finding import Severity
from xltool.form.form import make_form
from xltool.scheme.key import CellKey
from xltool.scoring.catalogue import ready_scheme

if TYPE_CHECKING:
    from pathlib import Path

    from xltool.collection.model import Collection

SPECIAL, GENERAL, PROJECT = "jiangmen-2025-special", "jiangmen-2025-general", "mof-project"
HEADER = ("预算编码", "单位名称", "表种")


@cache
def sent(scheme_id: str, department: str, project: str = "") -> bytes:
    """用某个方案填好的一份。"""
    scheme, _ = ready_scheme(scheme_id)
    contents = filled(scheme, rows=1) | {CellKey("cover", "department"): department}
    if project:
        contents[CellKey("cover", "project")] = project
    return form_file(make_form(scheme, contents))


def roster(tmp_path: Path, *rows: tuple[str, ...]) -> Path:
    path = tmp_path / "名单.xlsx"
    path.write_bytes(roster_bytes(HEADER, *rows))
    return path


def read(tmp_path: Path, *rows: tuple[str, ...]) -> Roster:
    found = read_roster(roster(tmp_path, *rows))
    assert isinstance(found, Roster)
    return found


def collected(tmp_path: Path, row: tuple[str, ...], **files: bytes) -> Collection:
    folder = tmp_path / "报送"
    folder.mkdir()
    for name, data in files.items():
        (folder / f"{name}.xlsx").write_bytes(data)
    return collect(Request(folder=folder, roster=roster(tmp_path, row), jobs=1))


def notes(collection: Collection) -> list[tuple[str, str, str]]:
    return [(item.code, item.file, item.message) for item in collection.findings]


# ---------------------------------------------------------------- 读名单


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("有专项资金", ("有专项资金",)),
        (" 无专项 资金 ", ("无专项资金",)),
        ("mof-project", ("项目支出",)),
        ("无专项资金；项目支出", ("无专项资金", "项目支出")),
        ("项目支出、项目支出", ("项目支出",)),
        ("", ()),
    ],
)
def test_forms_of_a_unit(tmp_path: Path, text: str, forms: tuple[str, ...]) -> None:
    found = read(tmp_path, ("101", "甲局", text))
    assert [entry.variants for entry in found.entries] == [forms]
    assert found.findings == ()


def test_an_unknown_form_is_named_with_the_nearest(tmp_path: Path) -> None:
    found = read(tmp_path, ("101", "甲局", "有专向资金"), ("102", "乙局", "项目支出、决算"))
    assert [entry.variants for entry in found.entries] == [(), ("项目支出",)]
    assert [(item.code, item.severity, item.where) for item in found.findings] == [
        ("C107", Severity.WARNING, "名单!C2"),
        ("C107", Severity.WARNING, "名单!C3"),
    ]
    assert [item.message for item in found.findings] == [
        "名单里“甲局”的表种填的是“有专向资金”，没有这种表，最像的是“有专项资金”；按没有填计",
        "名单里“乙局”的表种填的是“决算”，没有这种表；按没有填计",
    ]


# ---------------------------------------------------------------- 汇总时比较


def test_another_form_than_the_roster_says(tmp_path: Path) -> None:
    found = collected(tmp_path, ("101", "甲局", "无专项资金"), 甲=sent(SPECIAL, "甲局"))
    message = "“甲局”交的是“有专项资金”的表，名单上的表种是“无专项资金”"
    assert notes(found) == [("C124", "甲.xlsx", message)]
    assert [unit.variants for unit in found.units] == [("无专项资金",)]


def test_the_right_form_is_silent(tmp_path: Path) -> None:
    found = collected(tmp_path, ("101", "甲局", "无专项资金"), 甲=sent(GENERAL, "甲局"))
    assert notes(found) == []


def test_projects_come_on_top_of_the_department_form(tmp_path: Path) -> None:
    """名单只写了部门的表种，项目的表另报，不算表种不对。"""
    found = collected(
        tmp_path,
        ("101", "甲局", "无专项资金"),
        甲=sent(GENERAL, "甲局"),
        甲项目=sent(PROJECT, "甲局", "桥"),
    )
    assert notes(found) == []


def test_another_project_form_than_the_roster_says(tmp_path: Path) -> None:
    row = ("101", "甲局", "无专项资金、项目支出101号")
    files = {"甲": sent(GENERAL, "甲局"), "桥": sent(PROJECT, "甲局", "桥")}
    message = "“甲局：桥”交的是“项目支出”的表，名单上的表种是“无专项资金、项目支出101号”"
    assert notes(collected(tmp_path, row, **files)) == [("C124", "桥.xlsx", message)]


def test_two_forms_of_one_department_wait_and_the_wrong_one_is_named(tmp_path: Path) -> None:
    found = collected(
        tmp_path,
        ("101", "甲局", "有专项资金"),
        甲=sent(SPECIAL, "甲局"),
        乙=sent(GENERAL, "甲局"),
    )
    assert [item.status.value for item in found.files] == ["pending", "pending"]
    assert [(code, file) for code, file, _ in notes(found)] == [("C111", ""), ("C124", "乙.xlsx")]


def test_a_department_that_owes_projects_only_is_not_missing(tmp_path: Path) -> None:
    """名单写明只报项目的：交了项目就不再另列部门未报；一个也没交的列为未报。"""
    folder = tmp_path / "报送"
    folder.mkdir()
    (folder / "甲.xlsx").write_bytes(sent(GENERAL, "甲局"))
    (folder / "桥.xlsx").write_bytes(sent(PROJECT, "乙局", "桥"))
    listed = roster(
        tmp_path,
        ("101", "甲局", "无专项资金"),
        ("102", "乙局", "项目支出"),
        ("103", "丙局", "项目支出"),
    )
    found = collect(Request(folder=folder, roster=listed, jobs=1))
    assert [(unit.name, unit.status.value) for unit in found.units] == [
        ("甲局", "reported"),
        ("乙局：桥", "reported"),
        ("丙局", "absent"),
    ]
