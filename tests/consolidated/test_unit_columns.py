"""报送情况：应报的每一份一行，还缺什么、归口、名单另有的栏都在。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli_forms import good_form
from roster_books import write_roster

from xltool import frames
from xltool.collection.collect import collect
from xltool.collection.model import Request
from xltool.consolidated.delivery import units

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from xltool.collection.model import Collection

HEAD = ("单位名称", "预算编码", "表种", "项目名称", "归口科室", "经费形式", "零报送", "片区")


def collected(tmp_path: Path, *rows: Sequence[str]) -> Collection:
    folder = tmp_path / "报送"
    folder.mkdir()
    (folder / "甲.xlsx").write_bytes(good_form(department="甲局", department_code="101"))
    return collect(Request(folder=folder, roster=write_roster(tmp_path, HEAD, *rows), jobs=1))


def shown(collection: Collection, *headings: str) -> list[tuple[object, ...]]:
    """报送情况的几栏；没有的栏没有。"""
    register = units(collection, "", lambda item: item.value[1].status.label)
    places = [
        number
        for heading in headings
        for number, column in enumerate(register.columns)
        if column.heading == heading and column.on_sheet
    ]
    return [tuple(row[number] for number in places) for row in register.data()]


def test_a_row_for_each_obligation_and_what_is_lacking(tmp_path: Path) -> None:
    found = collected(
        tmp_path,
        ("甲局", "101", "有专项资金、项目支出", "桥、路", "教科文科", "全额", "", "东"),
        ("乙局", "102", "", "", "社保科", "差额", "是", "西"),
    )
    assert shown(found, "单位名称", "项目名称", "报送状态", "应报表种", "本单位还缺") == [
        ("甲局", "", "已报", "有专项资金", "项目支出“桥”、项目支出“路”"),
        ("甲局", "桥", "未报", "项目支出", ""),
        ("甲局", "路", "未报", "项目支出", ""),
        ("乙局", "", "零报送", "", ""),
    ]
    assert shown(found, "归口", "经费形式", "片区") == [
        *[("教科文科", "全额", "东")] * 3,
        ("社保科", "差额", "西"),
    ]


def test_plain_rosters_have_no_such_columns(tmp_path: Path) -> None:
    found = collected(tmp_path, ("甲局", "101"), ("乙局", "102"))
    assert shown(found, "本单位还缺", "归口", "项目名称", "应报表种") == [(), ()]
    assert "归口" not in frames.summary(found).columns


def test_the_summary_can_be_grouped(tmp_path: Path) -> None:
    found = collected(
        tmp_path,
        ("甲局", "101", "", "", "教科文科"),
        ("乙局", "102", "", "", "社保科"),
    )
    table = frames.summary(found)
    assert list(table["归口"]) == ["教科文科", "社保科"]
