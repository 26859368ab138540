"""名单里以格式补零的编码：看见的才是填的。"""

from __future__ import annotations

from xltool.collection.table import HeadedTable
from xltool.xlsx.grid import Grid, GridCell
from xltool.xlsx.number_formats import look_of


def test_a_padded_code_is_read_as_it_is_shown() -> None:
    look = look_of("000000")
    cells = {
        (2, 1): GridCell("1002", numeric=True, look=look),
        (3, 1): GridCell("1002", numeric=True),
    }
    table = HeadedTable(Grid("名单", cells), 1, {"code": 1})
    assert [table.text(row, "code") for row in (2, 3)] == ["001002", "1002"]
