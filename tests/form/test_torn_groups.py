"""评分表的一组指标：写不过几行的不会从中间换页；写得更长的，接着印的一页上也有一级、二级指标的名称。"""

from __future__ import annotations

import math
import random
import re
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from parity_engines import needs_office
from printed import printed

from xltool.excel.write import write_book
from xltool.form.book import form_plan
from xltool.form.form import make_form
from xltool.form.score_levels import LEVELS, groups, level_texts
from xltool.form.score_pages import head_height, pages, printed_heights
from xltool.layout.block import TOTAL
from xltool.scheme.key import CellKey
from xltool.scoring.catalogue import ready_scheme
from xltool.sheets.paper import page_room
from xltool.sheets.plan import NumberFormat, Role
from xltool.sheets.text import line_capacity, row_height

if TYPE_CHECKING:
    from xltool.facts.typed import Typed
    from xltool.form.form import Form
    from xltool.layout.block import Block
    from xltool.sheets.plan import SheetPlan

IDS = ("jiangmen-2025-special", "jiangmen-2025-general")
DOCS = Path(__file__).parents[2] / "docs"
WRITTEN = ("reason", "evidence")


@cache
def planned(scheme_id: str) -> tuple[Form, Block, SheetPlan]:
    form = make_form(ready_scheme(scheme_id)[0], {})
    block = form.layout.blocks[form.scheme.score_sheet.key]
    return form, block, next(one for one in form_plan(form).sheets if one.name == block.name)


def torn(scheme_id: str, texts: dict[tuple[str, str], str]) -> set[str]:
    """另算一遍：填了这些字，哪几行落在一组的中间而又是一页的头一行。"""
    form, block, plan = planned(scheme_id)
    room, head = page_room(plan.printing), head_height(block)
    starts, printed_rows = set(plan.printing.starts), printed_heights(form, block)
    above = sum(plan.heights.get(row, 15.0) for row in range(1, block.lines.header) if row > 1)
    hidden = sum(plan.heights.get(row, 15.0) for row in plan.hidden_rows)
    used, found = above - hidden + head, set[str]()
    for run in groups(form.scheme):
        for row in run:
            written = [(texts.get((row, key), ""), block.widths[key]) for key in WRITTEN]
            height = max(printed_rows[row], row_height(written, 0.0))
            if block.rows[row] in starts:
                used = head
            elif used + height > room:
                used = head
                if row != run[0]:
                    found.add(row)
            used += height
    return found


def told(scheme_id: str, texts: dict[tuple[str, str], str]) -> set[str]:
    """条件格式在哪些行印出名称：公式照 Python 的写法算。"""
    _, block, plan = planned(scheme_id)
    lines = {at: row for row, at in block.rows.items()}
    columns = {block.columns[key][0]: key for key in WRITTEN}
    known = {
        block.at(row, key).absolute: repr(texts.get((row, key), ""))
        for row in block.entry_rows
        for key in columns.values()
    }
    names = {
        "MAX": max, "LEN": len, "CHAR": chr, "ROUNDUP": lambda n, _: math.ceil(n),
        "SUBSTITUTE": lambda text, old, new: text.replace(old, new),
    }  # fmt: skip
    found: set[str] = set()
    for one in plan.highlights:
        if one.role is Role.LEVEL_AGAIN:
            text = re.sub(r"\$[A-Z]+\$\d+", lambda at: known[at[0]], one.formula)
            if eval(text, {"__builtins__": {}}, names):  # noqa: S307 - our own formula
                found |= {lines[at] for at in range(one.area.first.row, one.area.last.row + 1)}
    return found


def longest(scheme_id: str) -> dict[str, int]:
    """说好了不会拆开的，各格最多写几个汉字。"""
    form, block, _ = planned(scheme_id)
    lines = pages(form, block).lines
    return {key: lines * (line_capacity(block.widths[key]) // 2) for key in WRITTEN}


@pytest.mark.parametrize("scheme_id", IDS)
def test_no_group_is_torn_while_every_cell_keeps_to_what_is_promised(scheme_id: str) -> None:
    """每一行都写满也不拆；手册和上限里写的就是这个数。"""
    form, _, _ = planned(scheme_id)
    most = longest(scheme_id)
    rows = [one.code for one in form.scheme.indicators]
    full = {(row, key): "字" * most[key] for row in rows for key in WRITTEN}
    assert torn(scheme_id, full) == set()
    assert told(scheme_id, full) == set()
    promised = {"reason": 24, "evidence": 12}
    assert all(most[key] >= count for key, count in promised.items())
    assert "扣分原因每格不超过24字、佐证材料每格不超过12字" in (DOCS / "手册_填报.md").read_text(
        "utf-8"
    )
    assert "扣分原因24字、佐证材料12字以内" in (DOCS / "上限.md").read_text("utf-8")


@pytest.mark.parametrize("scheme_id", IDS)
def test_more_room_is_left_without_more_pages(scheme_id: str) -> None:
    """每行多写一行字，就得多一页或拆开一组：余地已经留到最多。"""
    form, block, _ = planned(scheme_id)
    arranged = pages(form, block)
    assert len(arranged.starts) == 4
    assert arranged.lines >= 4
    more = {
        (row, key): "字" * ((arranged.lines + 1) * (line_capacity(block.widths[key]) // 2))
        for row in block.entry_rows
        for key in WRITTEN
    }
    assert torn(scheme_id, more)


@pytest.mark.parametrize("scheme_id", IDS)
def test_only_a_long_group_is_cut_and_the_pages_are_full(scheme_id: str) -> None:
    """照印好的字：末一页以外，都排满六成以上；拆开的组都长过一页的六成。"""
    form, block, plan = planned(scheme_id)
    heights, starts = printed_heights(form, block), pages(form, block).starts
    room = page_room(plan.printing) - head_height(block)
    runs = list(groups(form.scheme))
    for row in set(starts) - {run[0] for run in runs}:
        (cut,) = (run for run in runs if row in run)
        assert sum(heights[one] for one in cut) > 0.6 * room
    rows = [row for row in block.entry_rows if row in heights]
    ends = [0, *map(rows.index, starts)]
    filled = [sum(heights[one] for one in rows[first:end]) for first, end in pairwise(ends)]
    assert all(one > 0.6 * room for one in filled)


@pytest.mark.parametrize("scheme_id", IDS)
def test_a_torn_group_is_named_again_on_every_page(scheme_id: str) -> None:
    """几行写得长、写了几段的，随便哪几行：落在一页头上的，都印着名称。"""
    form, _, _ = planned(scheme_id)
    rows = [one.code for one in form.scheme.indicators]
    drawn = random.Random(11)  # noqa: S311 - an example, no secret
    found = 0
    for _ in range(40):
        texts = {
            (row, "reason"): ("字" * drawn.randint(1, 60) + "\n") * drawn.randint(1, 4)
            for row in drawn.sample(rows, drawn.randint(1, len(rows)))
        }
        pieces = torn(scheme_id, texts)
        assert pieces <= told(scheme_id, texts)
        found += len(pieces)
    assert found > 40
    assert told(scheme_id, {}) == set()


@pytest.mark.parametrize("scheme_id", IDS)
def test_every_row_holds_the_names_and_the_first_shows_them(scheme_id: str) -> None:
    form, block, plan = planned(scheme_id)
    assert not plan.merges
    cells = {cell.at: cell for cell in plan.every_cell()}
    heads = {run[0] for run in groups(form.scheme)}
    starts = set(pages(form, block).starts)
    tops = {run[0] for run in groups(form.scheme, "level1")}
    for one in form.scheme.indicators:
        for level in LEVELS:
            cell = cells[block.at(one.code, level)]
            assert str(cell.content).startswith(getattr(one, level))
            first = one.code in starts | (tops if level == "level1" else heads)
            assert (cell.number is NumberFormat.GENERAL) is first
            assert (cell.role in (Role.LEVEL, Role.LEVEL_TOP)) is first
            assert ("分）" in str(cell.content)) == (one.code in heads)
    assert set(level_texts(form.scheme)) == {
        (c, level) for c in block.entry_rows for level in LEVELS
    }
    assert TOTAL not in {row for row, _ in level_texts(form.scheme)}


@needs_office
@pytest.mark.nightly
@pytest.mark.parametrize("count", [24, 60, 140])
def test_every_page_of_the_printed_form_names_its_group(count: int, tmp_path: Path) -> None:
    """量 PDF：每页头一个指标的旁边都有名称；写不过几行的，页数与空白的一样。"""
    form, block, _ = planned(IDS[0])
    scheme = form.scheme
    contents: dict[CellKey, Typed] = {}
    for one in scheme.indicators:
        contents[CellKey(block.sheet.key, one.code, "self_score")] = one.points - Decimal("0.01")
        contents[CellKey(block.sheet.key, one.code, "reason")] = "因手续办理较慢未完成计划" * 12
    contents |= {
        key: str(value)[:count] for key, value in contents.items() if key.column == "reason"
    }
    plan = form_plan(make_form(scheme, contents))
    sheets = tuple(replace(one, hidden=one.name != block.name) for one in plan.sheets)
    found = printed(write_book(replace(plan, sheets=sheets), tmp_path / "表.xlsx"), tmp_path)
    own = [page for page in found if "指标说明" in page.text and "评分标准" in page.text]
    first, second = ({getattr(one, level) for one in scheme.indicators} for level in LEVELS)
    assert (len(own) == len(pages(form, block).starts) + 1) is (count == 24)
    for page in own:
        assert any(name in page.text for name in first)
        assert any(name in page.text for name in second)
