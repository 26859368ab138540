"""条件格式：未填、不是数、超出范围、疑点的格自己显出来。"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from xltool.address import Area, At, column_letters
from xltool.facts.left_out import mark, spared
from xltool.facts.saying import gives_no_reason_formula, listed
from xltool.facts.typed import NONE_WRITTEN
from xltool.finding import MISSING, Severity
from xltool.form.live.wording import one_of
from xltool.layout.block import END
from xltool.layout.columns import HIDDEN, SELF_CHECK
from xltool.layout.layout import SheetRefs
from xltool.scheme.categories import SHEET
from xltool.scheme.thresholds import SCORE_GAP
from xltool.sheets.plan import Highlight, Role
from xltool.values.words import NO_RECORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.layout.block import Block
    from xltool.layout.layout import Layout
    from xltool.scheme.model import Field


def field_highlights(field: Field, area: Area, *, derived: bool = False) -> Iterator[Highlight]:
    """逐项表的一个填报格：必填未填、不是数、为负；由别的格得出的，空着是还得不出。"""
    cell = area.first.a1
    if field.kind.numeric:
        yield Highlight(area, _not_number(cell, field), Role.ERROR)
        if field.minimum == 0:
            yield Highlight(area, f"AND(ISNUMBER({cell}),{cell}<0)", Role.ERROR)
    if field.required and not derived:
        yield Highlight(area, f'{cell}=""', Role.WARNING)


def _not_number(cell: str, field: Field) -> str:
    """填了而不是数；选填的画一道线，当作没有填。"""
    none = "" if field.required else f",NOT({one_of(cell, NONE_WRITTEN)})"
    return f'AND({cell}<>"",NOT(ISNUMBER({cell})){none})'


def row_highlights(block: Block) -> Iterator[Highlight]:
    """自查有话的行，编码和自查两格都显出来：表宽，自查在右边看不到。"""
    for area in block.stretches(SELF_CHECK.key):
        said = f"${column_letters(area.first.col)}{area.first.row}"
        wrong = f'OR(LEFT({said},4)="{MISSING}",LEFT({said},3)="{Severity.ERROR.duty}")'
        code = block.columns["code"][0]
        numbers = Area(area.first._replace(col=code), area.last._replace(col=code))
        for target in (area, numbers):
            yield Highlight(target, wrong, Role.ERROR)
            yield Highlight(target, f'LEFT({said},3)="{Severity.NOTICE.duty}"', Role.NOTICE)
            yield Highlight(target, f'{said}<>""', Role.WARNING)


def record_highlights(layout: Layout, block: Block) -> Iterator[Highlight]:
    """记录表：一行开了头就要填全；不是记录的行要清空；大幅超额和未完成要说明。"""
    sheet = block.sheet
    first = min(block.rows.values())
    started = _started(block, first)
    for field in sheet.fields:
        if field.computation is not None:
            continue
        area = block.filled_area(field.key)
        cell = area.first.a1
        if field.key == sheet.anchor:  # 合计、以下空白不是记录，公式却会算进去
            yield Highlight(area, listed(f"TRIM({cell})", NO_RECORDS), Role.ERROR)
        if field.kind.numeric:
            yield Highlight(area, _not_number(cell, field), Role.ERROR)
        if field.required:
            blank = f'AND({started},{cell}="")'
            for kind in spared(layout.scheme, field.key) if sheet.key == SHEET else ():
                share = f"${column_letters(block.columns['factor'][0])}{first}"
                blank = f"AND({blank},{share}<>{mark(SheetRefs(layout, block.name), kind)})"
            yield Highlight(area, blank, Role.WARNING)
    if sheet.key == SHEET and "completion" in block.columns:
        yield from _indicator_highlights(layout, block)


def unused_highlights(block: Block) -> Iterator[Highlight]:
    """最后一条记录以下的各行没有框线、底色和序号，印出来是空白；一条也没有的，留着第一行。

    印成一页的，空白的左右两边留着框线，不把一张表断成两截，“表格结束”一行也是空白。排在各条的后面：有话要说的格照旧显出来。
    """
    entries, end = block.filled_area("code"), block.rows[END]
    top, bottom = entries.first.row + 1, entries.last.row
    filled = sorted(block.columns[one.key][0] for one in block.sheet.fields if not one.computation)
    runs = [list(run) for _, run in groupby(filled, key=lambda one: one - filled.index(one))]
    spans = [(column_letters(run[0]), column_letters(run[-1])) for run in runs]

    def nothing_from(row: int) -> str:
        return f"COUNTA({','.join(f'${low}{row}:${high}${end}' for low, high in spans)})=0"

    first = entries.first.col
    last = max(column for key, (column, _) in block.columns.items() if key not in HIDDEN)
    sides = (first + 1, block.edge) if block.edge else ()
    kept = dict(zip(sides, (Role.UNUSED_LEFT, Role.UNUSED_RIGHT), strict=False))
    for column, role in kept.items():
        yield Highlight(Area(At(top, column), At(end, column)), nothing_from(top), role)
    yield Highlight(Area(At(top, first), At(bottom, last)), nothing_from(top), Role.UNUSED)
    if sides:  # “表格结束”印在页边以外，这一行印出来也是空白
        yield Highlight(Area(At(end, sides[0]), At(end, last)), nothing_from(end), Role.UNUSED)


def _started(block: Block, row: int) -> str:
    """这一行填了东西没有：除编码外的填报栏有一格不空。"""
    fields = block.sheet.fields
    columns = [block.columns[one.key][0] for one in fields if one.computation is None]
    computed = [block.columns[one.key][0] for one in fields if one.computation is not None]
    if any(min(columns) < column < max(columns) for column in computed):
        return "+".join(f'(${column_letters(column)}{row}<>"")' for column in columns) + ">0"
    low, high = column_letters(min(columns)), column_letters(max(columns))
    return f"COUNTA(${low}{row}:${high}{row})>0"


def _indicator_highlights(layout: Layout, block: Block) -> Iterator[Highlight]:
    refs = SheetRefs(layout, block.name)
    first = min(block.rows.values())
    cell = {
        key: f"${column_letters(block.columns[key][0])}{first}"
        for key in (
            "title",
            "operator",
            "expected",
            "actual",
            "tier",
            "completion",
            "factor",
            "note",
        )
        if key in block.columns
    }
    over = (
        f"AND(ISNUMBER({cell['completion']}),{cell['completion']}>{refs.parameter('over_limit')})"
    )
    yield Highlight(block.filled_area("completion"), over, Role.WARNING)
    if "factor" in cell:
        # 没有得满的要写原因；填了而算不出得分率的要选达成情况
        short = f"AND(ISNUMBER({cell['factor']}),{cell['factor']}<1)"
        if "note" in cell:
            unsaid = gives_no_reason_formula(layout.scheme, cell["note"], refs)
            reason = f"AND({short},{unsaid})"
            yield Highlight(block.filled_area("note"), reason, Role.WARNING)
        named = [cell[key] for key in ("title", "expected", "actual") if key in cell]
        filled = ",".join(f'{one}<>""' for one in named)
        unjudged = f'AND(AND({filled}),{cell["factor"]}="")'
        yield Highlight(block.filled_area("tier"), unjudged, Role.WARNING)
    if "operator" in cell:  # 是数而没有写运算符的，方向要推定
        unsigned = f'AND(ISNUMBER({cell["expected"]}),{cell["operator"]}="")'
        for kind in spared(layout.scheme, "operator") if "factor" in cell else ():
            unsigned = f"AND({unsigned},{cell['factor']}<>{mark(refs, kind)})"
        yield Highlight(block.filled_area("operator"), unsigned, Role.NOTICE)
    symbols = ",".join(
        f"LEFT({cell['actual']},1)={refs.option('operator', key)}"
        for key in ("ge", "le", "gt", "lt")
    )
    yield Highlight(block.filled_area("actual"), f"OR({symbols})", Role.ERROR)


def score_highlights(layout: Layout, block: Block) -> Iterator[Highlight]:
    """评分表：未填、超过分值、与系统得分差得多、扣了分没有原因。"""
    refs = SheetRefs(layout, block.name)
    first = min(block.rows.values())
    cell = {
        key: f"${At(first, block.columns[key][0]).a1.rstrip('0123456789')}{first}"
        for key in ("points", "self_score", "score", "reason")
        if key in block.columns
    }
    own = cell["self_score"]
    area = block.filled_area("self_score")
    number = f"ISNUMBER({own})"
    bad = f'AND({own}<>"",OR(NOT({number}),AND({number},OR({own}<0,{own}>{cell["points"]}))))'
    yield Highlight(area, bad, Role.ERROR)
    yield Highlight(area, f'{own}=""', Role.WARNING)
    gap = f"ABS({own}-{cell['score']})>{refs.parameter(SCORE_GAP.key)}"
    differs = f"IF(AND({number},ISNUMBER({cell['score']})),{gap},FALSE)"
    yield Highlight(area, differs, Role.NOTICE)
    if "reason" in cell:
        unsaid = gives_no_reason_formula(layout.scheme, cell["reason"], refs)
        reason = f"AND({number},{own}<{cell['points']},{unsaid})"
        yield Highlight(block.filled_area("reason"), reason, Role.WARNING)
