"""记录表里不是记录的行：合计、以下空白、没有改掉的样例、只选了类别、整行划掉的；各说一次，不计入。"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.address import At, Place
from xltool.messages import form as say
from xltool.values import fold
from xltool.values.excerpt import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from xltool.finding import Finding
    from xltool.intake.classify_cells import Filled
    from xltool.scheme.model import Sheet

_SUB_ROW: Final = re.compile("其中.*")
_DOUBTFUL: Final = re.compile("计|[空行下]|完|^其中|^[.…·。]|指标|例|填写")
_KINDS: Final = (
    (re.compile(r"(?:本页|本表|各项)?[合小总共]计(?:数|金额)?(?:\(.{0,12}\))?"), "是合计"),
    (
        re.compile(
            r"[(-]*(?:(?:以下|此行|本行|下方)(?:为?空白|为空|无|无内容|无正文|无记录)|完)[)-]*"
        ),
        "是表尾的说明",
    ),
    (re.compile("[.·。]+"), "是省略号"),
    (
        re.compile(
            r"(?:三级)?指标(?:名称)?[0-9一二三四五六七八九十x]+[.]*|\(?(?:例|示例|填写说明|请填写?)[:,].*"
        ),
        "是没有改掉的样例",
    ),
)


class Line(NamedTuple):
    """记录表里填了内容的一行。"""

    row: str
    number: int
    texts: Mapping[str, str]  # 各栏填的字
    column: int  # 说到这一行时指哪一列
    struck: bool  # 每一格都划掉了


def find_no_records(
    sheet: Sheet, name: str, inputs: Sequence[Filled], *, parts: bool
) -> Mapping[str, Finding]:
    """一张记录表里不是记录的各行，和各说的一句；`parts` 是收“其中”各项，它们也是记录。"""
    anchor = sheet.anchor
    hint = _hint(sheet)
    doubtful = {  # 每份表的每一格都要问，先只看名称像不像
        planned.key.row
        for planned, _, cell in inputs
        if planned.key.column == anchor
        and (cell.look.struck or (hint and cell.text == hint) or _DOUBTFUL.search(cell.text))
    }
    doubtful |= _classified_only(sheet, inputs)
    if not doubtful:
        return {}
    lines = _lines(sheet, (filled for filled in inputs if filled[0].key.row in doubtful))
    judged = {line.row: _finding(sheet, name, line, parts=parts) for line in lines}
    return {row: finding for row, finding in judged.items() if finding is not None}


def _classified_only(sheet: Sheet, inputs: Sequence[Filled]) -> set[str]:
    """只选了类别、名称和数都没有写的各行：公开的表把各类都印出来，没有指标的空着。"""
    chosen = _classes(sheet)
    if not chosen:
        return set()
    rows: set[str] = set()
    written: set[str] = set()
    for planned, _, cell in inputs:
        if cell.text.strip():
            (rows if planned.key.column in chosen else written).add(planned.key.row)
    return rows - written


def _classes(sheet: Sheet) -> frozenset[str]:
    """分类的各栏：随上一级而定的下拉，和它的上一级。"""
    below = [field for field in sheet.fields if field.depends]
    return frozenset(name for field in below for name in (field.key, field.depends))


def _hint(sheet: Sheet) -> str:
    """名称一栏的填报要求。"""
    return next(field.help for field in sheet.fields if field.key == sheet.anchor)


@lru_cache(maxsize=64)  # 填报要求就那么些，长，折叠一遍不便宜
def _folded(hint: str) -> str:
    return fold(hint)


def _lines(sheet: Sheet, inputs: Iterable[Filled]) -> Iterator[Line]:
    rows: dict[tuple[str, int], list[Filled]] = {}
    for filled in inputs:
        planned, (number, _), cell = filled
        if cell.text.strip():
            rows.setdefault((planned.key.row, number), []).append(filled)
    for (row, number), cells in rows.items():
        columns = {planned.key.column: at[1] for planned, at, _ in cells}
        yield Line(
            row=row,
            number=number,
            texts={planned.key.column: cell.text for planned, _, cell in cells},
            column=columns.get(sheet.anchor, min(columns.values())),
            struck=all(cell.look.struck for _, _, cell in cells),
        )


def _finding(sheet: Sheet, name: str, line: Line, *, parts: bool) -> Finding | None:
    place = Place(name, At(line.number, line.column))
    what = "" if line.struck else _what(sheet, line, parts=parts)
    if not (line.struck or what):
        return None
    text = excerpt(line.texts.get(sheet.anchor) or next(iter(line.texts.values())))
    if line.struck:
        return say.STRUCK_ROW.finding(place, row=line.number, text=text)
    return say.NOT_RECORD.finding(place, row=line.number, text=text, what=what)


def _what(sheet: Sheet, line: Line, *, parts: bool) -> str:
    """这一行是什么；是记录的为空。"""
    anchor = fold(line.texts.get(sheet.anchor, ""))
    for pattern, what in _KINDS:
        if pattern.fullmatch(anchor):
            return what
    if _classes(sheet).issuperset(line.texts):
        return "只选了类别，没有名称和数"
    if anchor and anchor == _folded(_hint(sheet)):
        return "是填报要求"
    # 有自动计算的栏的表才要合起来算；自己有分值的“其中”是一个指标
    if parts:
        return ""
    counted = any(field.computation is not None for field in sheet.fields)
    part = counted and _SUB_ROW.fullmatch(anchor) and "points" not in line.texts
    return "是上一条里的一部分" if part else ""
