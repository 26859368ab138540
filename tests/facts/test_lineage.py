"""标识表里记着的由来：写法不对的一行不算，别的行照读。"""

from __future__ import annotations

import pytest

from xltool.facts.lineage import RETURNED, Ancestor, lineage_in, lineage_row

FIRST, SECOND = Ancestor("a" * 64, "b" * 32), Ancestor("c" * 64, "d" * 32)


def test_what_was_recorded_is_read_in_order() -> None:
    rows = (lineage_row(10, SECOND), lineage_row(2, FIRST), ("scheme", "x"))
    assert lineage_in(dict(rows)) == (FIRST, SECOND)


@pytest.mark.parametrize("number", ["", "x", "-1", "²", "9" * 5000])
def test_a_row_that_is_no_generation_is_passed_over(number: str) -> None:
    _, value = lineage_row(1, SECOND)
    assert lineage_in(dict([lineage_row(1, FIRST), (RETURNED + number, value)])) == (FIRST,)
