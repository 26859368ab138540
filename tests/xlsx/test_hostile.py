"""坏文件拒收且说对原因，怪文件读得与原样相同。"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hostile import container_cases, good, pack
from hostile_kinds import kind_cases
from hostile_xml import good_cases, structure_cases, xml_cases
from sizes import TIMES

from xltool.finding import Severity
from xltool.xlsx.grid import Book, FormatClass, GridCell, Look, State
from xltool.xlsx.number_formats import built_in
from xltool.xlsx.read import read_book

if TYPE_CHECKING:
    from pathlib import Path

    from hostile import Case

CASES = [*container_cases(), *kind_cases(), *xml_cases(), *good_cases(), *structure_cases()]

EXPECTED = {
    (3, 1): GridCell("部门整体支出", look=Look(FormatClass.TEXT)),
    (3, 4): GridCell("自评得分"),
    (4, 1): GridCell("预算执行率"),
    (4, 4): GridCell("9.5", numeric=True),
    (5, 1): GridCell("预算调整率 "),
    (5, 4): GridCell("0.095", numeric=True, look=built_in(10)),
    (6, 4): GridCell("9.595", numeric=True, state=State.FORMULA, formula="SUM(D4:D5)"),
    (6, 5): GridCell("#REF!", state=State.ERROR),
    (7, 4): GridCell("", state=State.NO_RESULT, formula="D4*2"),
    (7, 5): GridCell("1", boolean=True),
}


def test_the_good_file_is_read_exactly(tmp_path: Path) -> None:
    path = tmp_path / "财政局.xlsx"
    path.write_bytes(pack(good()))
    book = read_book(path)
    assert isinstance(book, Book)
    assert [grid.name for grid in book.grids] == ["评分表", "封面"]
    assert book.grids[0].cells == EXPECTED
    assert book.grids[1].cells == {(1, 1): GridCell("封面")}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_refused_for_its_own_reason_or_read_the_same(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "民政局.xlsx"
    path.write_bytes(case.data)
    result = read_book(path)
    if isinstance(result, Book):
        assert not case.expected
        assert result.grids[0].cells == EXPECTED
    else:
        assert result.code in case.expected, result
        assert result.severity is Severity.ERROR
        assert result.remedy.endswith("。")
        assert "{" not in result.message


def test_ids_are_unique() -> None:
    assert len({case.id for case in CASES}) == len(CASES)


@pytest.mark.drawn
def test_a_mutated_byte_never_changes_a_value(tmp_path: Path) -> None:
    data = pack(good())
    chance = random.Random(20251231)  # noqa: S311 - 要的是可重复
    path = tmp_path / "变异.xlsx"
    refused = 0
    count = 1_000 * TIMES
    for _ in range(count):
        mutated = bytearray(data)
        for _ in range(chance.choice((1, 1, 1, 2, 5))):
            mutated[chance.randrange(len(data))] = chance.randrange(256)
        path.write_bytes(mutated)
        result = read_book(path)
        if isinstance(result, Book):
            assert result.grids[0].cells == EXPECTED
            assert result.grids[1].cells == {(1, 1): GridCell("封面")}
        else:
            refused += 1
            assert result.code.startswith("R1")
    assert refused > count / 4  # 没被拒收的只是时间戳之类无关字节
