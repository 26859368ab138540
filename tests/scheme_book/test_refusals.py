"""方案工作簿里的每一种毛病：在哪一格、说什么；各种改法见 refusals.toml。"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from scheme_books import NEW_ID, SPECIAL, Edit, import_edited, said

from xltool.finding import Severity

PAGE = Path(__file__).parent / "refusals.toml"
CASES: list[dict[str, Any]] = tomllib.loads(PAGE.read_text("utf-8"))["case"]


def edit_of(item: dict[str, Any]) -> Edit:
    return Edit(
        item["sheet"],
        tuple(item["row"]),
        item["column"],
        item.get("value"),
        item.get("format", ""),
    )


@pytest.mark.parametrize(
    "case", CASES, ids=[f"{number}-{case['title']}" for number, case in enumerate(CASES, 1)]
)
def test_every_fault_is_told_at_its_cell(case: dict[str, Any]) -> None:
    edits = [NEW_ID, *map(edit_of, case["edits"])]
    result = import_edited(*edits, scheme_id=case.get("scheme", SPECIAL))
    expected = [(one["code"], one["cell"], one["message"]) for one in case["expects"]]
    assert said(result) == expected
    readable = case.get("warning", False)
    assert (result.scheme is not None) is readable
    assert bool(result.text) is readable
    worst = any(one.severity is Severity.ERROR for one in result.findings)
    assert worst is not readable
