"""版面：记录表各行沿用自己的序号，别的表以序号指到它。"""

from __future__ import annotations

from xltool.layout.block import END
from xltool.layout.layout import form_layout, template_layout
from xltool.layout.unit import unit_layout
from xltool.scoring.catalogue import ready_scheme

SCHEME, _ = ready_scheme("jiangmen-2025-special")


def test_a_unit_sheet_lists_only_the_records_filled() -> None:
    layout = unit_layout(SCHEME, "01_示例市民政局", {"indicators": ("2", "5", "61")})
    block = layout.blocks["indicators"]
    assert list(block.rows) == ["2", "5", "61", END]
    assert [row - block.lines.header for row in block.rows.values()] == [1, 2, 3, 4]
    assert layout.blocks["funds"].entry_rows == ()


def test_records_beyond_the_template_follow_it() -> None:
    """模板有 45 行；第 46、9999 号各占一行，不因序号大而加长。"""
    layout = form_layout(SCHEME, {"funds": ("3", "46", "9999"), "tasks": ("15",)})
    blank = template_layout(SCHEME)
    rows = layout.blocks["funds"].rows
    assert list(rows)[-3:] == ["46", "9999", END]
    assert len(rows) == len(blank.blocks["funds"].rows) + 2
    assert layout.blocks["tasks"].rows == blank.blocks["tasks"].rows


def test_a_form_with_no_more_records_is_the_template() -> None:
    assert form_layout(SCHEME, {"funds": ("1", "20")}) is template_layout(SCHEME)
