"""归拢的自评得分：逐行填了的，评分表上不再填一遍，由各行相加；程序和公式同义。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.facts.allocation import rows_of, weights_of
from xltool.facts.left_out import ABSENT, kinds, left_out, mark, spreads
from xltool.scheme.categories import SHEET
from xltool.scheme.key import CellKey, field_key
from xltool.scheme.model import SUMMED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.filled import Filled
    from xltool.facts.refs import Refs
    from xltool.scheme.model import Computation, Indicator, Scheme

_OWN = "self_score"


def gathered(facts: Filled, key: CellKey, computation: Computation) -> Decimal | None:
    """评分表一行的自评得分；不在评分表上的，是评分表各行之和，一行也没有时为空。"""
    scheme = facts.scheme
    sheet = scheme.score_sheet.key
    if key.sheet == sheet:
        sources = dict(_sources(scheme, computation))
        return _row(facts, scheme.indicator(key.row), sources)
    rows = (facts.number(CellKey(sheet, one.code, _OWN)) for one in scheme.indicators)
    known = [row for row in rows if row is not None]
    return scheme.round_points(sum(known, Decimal(0))) if known else None


def _row(facts: Filled, indicator: Indicator, sources: dict[str, str]) -> Decimal | None:
    if indicator.method.name != SUMMED:
        return facts.number(sources[indicator.code])
    if all(facts.number(record.key(_OWN)) is None for record in facts.records(SHEET)):
        return None
    rows = rows_of(facts, indicator)
    counted = [row for row in rows if not left_out(facts.scheme, row)]
    known = [row.self_score for row in counted if row.self_score is not None]
    if len(known) < len(counted) or any(score < 0 for score in known):
        return None
    total = sum(known, Decimal(0))
    if len(counted) == len(rows):
        return total
    whole, own = weights_of(rows), weights_of(counted)  # 不适用的各行的分值，按比例摊到其余各行
    return total * whole / own if own > 0 else None


def _sources(scheme: Scheme, computation: Computation) -> Iterator[tuple[str, str]]:
    """不按绩效指标相加的各行，自评得分填在哪一项：依次就是 inputs。"""
    others = (one.code for one in scheme.indicators if one.method.name != SUMMED)
    return zip(others, computation.inputs, strict=False)


def typed_key(scheme: Scheme, key: CellKey) -> CellKey:
    """评分表一行的自评得分填在哪一格：归拢来的是它的来处，逐行相加的就是这一格。"""
    computation = scheme.computation(key)
    if computation is None:
        return key
    source = dict(_sources(scheme, computation)).get(key.row)
    return field_key(source) if source else key


def gathered_formula(scheme: Scheme, key: CellKey, computation: Computation, refs: Refs) -> str:
    """与 gathered 同义的公式。"""
    sheet = scheme.score_sheet.key
    if key.sheet != sheet:
        cells = [refs.cell(CellKey(sheet, one.code, _OWN)) for one in scheme.indicators]
        listed = ",".join(cells)
        inner = f"ROUND(SUM({listed}),{refs.parameter('working_digits')})"
        return f'IF(COUNT({listed})=0,"",ROUND({inner},{refs.parameter("score_digits")}))'
    sources = dict(_sources(scheme, computation))
    if key.row in sources:
        cell = refs.cell(field_key(sources[key.row]))
        return f'IF(ISNUMBER({cell}),{cell},"")'
    inputs = scheme.indicator(key.row).method.inputs
    equals = field_key(str(inputs["equals"]))
    where = refs.column(SHEET, str(inputs["where"]))
    wanted, own = refs.option(equals.sheet, equals.row), refs.column(SHEET, _OWN)
    same, marks = f"{where},{wanted}", refs.column(SHEET, "factor")
    count, scored = f"COUNTIFS({same})", f'COUNTIFS({same},{own},">=0")'
    total = f"SUMIFS({own},{same})"
    for kind in kinds(scheme):  # 得分率一栏印着字的不单独计分
        left = f"COUNTIFS({same},{marks},{mark(refs, kind)}"
        count, scored = f"{count}-{left})", f'{scored}-{left},{own},">=0")'
        total += f"-SUMIFS({own},{same},{marks},{mark(refs, kind)})"
    if spreads(scheme):
        points, absent = refs.column(SHEET, "points"), f"{marks},{mark(refs, ABSENT)}"
        whole = f"SUMIFS({points},{same})"
        digits = refs.parameter("working_digits")
        rest = f"ROUND({whole}-SUMIFS({points},{same},{absent}),{digits})"
        spread = f'IF({rest}<=0,"",({total})*{whole}/{rest})'
        total = f"IF(COUNTIFS({same},{absent})=0,{total},{spread})"
    return f'IF(AND(COUNT({own})>0,{count}={scored}),{total},"")'
