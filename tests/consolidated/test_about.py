"""说明与核对：整本的标题。"""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from xltool.consolidated.source import heading
from xltool.scoring.catalogue import ready_scheme

if TYPE_CHECKING:
    from xltool.consolidated.source import Source


def source(scheme_id: str, year: int) -> Source:
    scheme, _ = ready_scheme(scheme_id)
    return cast("Source", SimpleNamespace(scheme=replace(scheme, year=year)))


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        ([("jiangmen-2025-special", 2024)], "2024年度部门整体支出绩效自评汇总"),
        (
            [("jiangmen-2025-special", 2024), ("mof-project", 2024)],
            "2024年度部门整体支出绩效自评、项目支出绩效自评汇总",
        ),
        (
            [("jiangmen-2025-special", 2024), ("jiangmen-2025-general", 2023)],
            "2023、2024年度部门整体支出绩效自评汇总",
        ),
    ],
)
def test_the_title_names_every_year_and_every_work(
    forms: list[tuple[str, int]], expected: str
) -> None:
    assert heading(tuple(source(*form) for form in forms)) == expected
