"""印时空着的各格写成一格再读回；那一格被人改成别的，读起来也不费时、不出错。"""

from __future__ import annotations

import pytest

from xltool.collection.blank_spots import blank_record, recorded
from xltool.xlsx.grid import Grid, GridCell


def told(text: str) -> tuple[tuple[int, int] | None, frozenset[tuple[int, int]]]:
    """首页第一行的第九格写着这些字，读成什么。"""
    return recorded(Grid("首页", {(1, 9): GridCell(text)}))


def test_what_was_blank_is_read_back() -> None:
    printed = {(1, 1), (2, 1), (2, 2), (3, 1), (3, 2), (4, 3)}
    text = blank_record(printed, 4, 3)
    assert text == "印时空着：1-1:2-3;2-3:3-3;4-4:1-2"
    blank = {(row, column) for row in range(1, 5) for column in range(1, 4)} - printed
    assert told(text) == ((1, 9), blank)


@pytest.mark.parametrize(
    "spans",
    [
        "1-9999999:1-99999",
        f"1-{'9' * 5000}:1-2",
        "1-2:",
        "1-2:3-",
        "2-1:1-9",
        ";".join(["1-9999999:1-9"] * 900),
    ],
)
def test_what_somebody_wrote_there_is_bounded(spans: str) -> None:
    at, blank = told(f"印时空着：{spans}")
    assert at == (1, 9)
    assert len(blank) <= 200_000
