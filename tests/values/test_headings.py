"""找表头：哪一行是表头，各栏在第几列，缺什么、重什么、多什么。"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from xltool.headings import Stack, Wanted, find_header, header_in, headers, rows_of
from xltool.xlsx.grid import Grid, GridCell

if TYPE_CHECKING:
    from xltool.headings import Header

NAMES = {
    "name": ("单位名称", "单位"),
    "code": ("预算编码", "编码"),
    "phone": ("联系电话", "电话"),
}


def grid(*rows: tuple[str, ...]) -> Grid:
    """一张表；空串的格没有。"""
    return Grid(
        "名单",
        {
            (number, column): GridCell(text)
            for number, row in enumerate(rows, 1)
            for column, text in enumerate(row, 1)
            if text
        },
    )


def find(sheet: Grid, **wanted: object) -> Header | None:
    return find_header(rows_of(sheet), Wanted(names=NAMES, **wanted))  # type: ignore[arg-type]


def test_the_row_with_most_headings() -> None:
    header = find(grid(("单位",), (), ("电话", "", "单位 名称", "编码"), ("单位", "编码")))
    assert header is not None
    assert (header.row, header.columns) == (3, {"name": 3, "code": 4, "phone": 1})


def test_of_equal_rows_the_upper_one() -> None:
    header = find(grid(("单位", "编码"), ("单位", "电话")))
    assert header is not None
    assert header.row == 1


def test_a_row_with_all_required_comes_before_a_longer_one() -> None:
    sheet = grid(("编码", "电话"), ("单位",))
    header = find(sheet, required=("name",))
    assert header is not None
    assert (header.row, header.missing) == (2, ())


def test_what_is_missing_is_told() -> None:
    header = find(grid(("编码", "电话")), required=("name", "code"))
    assert header is not None
    assert header.missing == ("name",)


@pytest.mark.parametrize("row", [("单位", "单位名称", "备注"), ("单位名称", "单位", "备注")])
def test_the_exact_heading_wins_and_the_other_is_told(row: tuple[str, ...]) -> None:
    header = find(grid(row))
    assert header is not None
    exact = row.index("单位名称") + 1
    assert header.columns == {"name": exact}
    assert header.repeated == {"name": (3 - exact,)}
    assert header.unknown == (3,)


def test_the_leftmost_of_the_same() -> None:
    header = find(grid(("编码", "单位", "编码")))
    assert header is not None
    assert (header.columns["code"], header.repeated) == (1, {"code": (3,)})


def test_topmost_ignores_a_better_copy_below() -> None:
    sheet = grid(("单位", "编码", "改了"), ("单位", "编码", "电话"))
    header = find(sheet, topmost=True, least=2)
    assert header is not None
    assert header.row == 1
    assert [one.row for one in headers(rows_of(sheet), Wanted(names=NAMES))] == [1, 2]


def test_too_few_is_no_header() -> None:
    assert find(grid(("单位",), ("甲局",)), least=2) is None
    assert find(grid(("甲局", "乙局"))) is None


def test_only_the_first_rows() -> None:
    sheet = grid(("标题",), (), ("单位名称",))
    assert list(rows_of(sheet, 2)) == [1]
    assert find_header(rows_of(sheet, 2), Wanted(names=NAMES)) is None
    assert find_header(rows_of(sheet, 3), Wanted(names=NAMES)) is not None


def test_a_long_text_is_no_heading() -> None:
    assert find(grid(("单位名称" + " " * 300,))) is None


def test_one_stack_serves_every_kind_of_header() -> None:
    """前面找过别的，找到的还是一样；必要的一栏要合起两行才认得的，也说会有。"""
    sheet = grid(("一览",), ("预算", "单位"), ("编码", "名称", "电话"))
    names = {"note": ("备注",), **NAMES}
    kinds = [
        Wanted(names={"other": ("项目名称",)}, required=("other",)),
        Wanted(names=names, required=("name", "code")),
        Wanted(names=names, required=("phone", "note")),
    ]
    stack = Stack(sheet, 1, 3)
    for one in (*kinds, *reversed(kinds)):
        assert header_in(stack, one) == header_in(Stack(sheet, 1, 3), one)
    assert [stack.may_hold(one) for one in kinds] == [False, True, False]
    header = header_in(stack, kinds[1])
    assert header is not None
    assert (header.top, header.row, header.missing) == (2, 3, ())
    assert header.columns == {"code": 1, "name": 2, "phone": 3}
