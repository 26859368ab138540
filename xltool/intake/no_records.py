"""记录表里不是记录的行：合计、以下空白、“无”、没有改掉的样例、只选了类别、整行划掉、只有空格的；各说一次，不计入。"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.address import At, Place
from xltool.facts.saying import says_nothing
from xltool.messages import form as say
from xltool.values import fold
from xltool.values.excerpt import excerpt
from xltool.values.text import unseen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from xltool.finding import Finding
    from xltool.intake.classify_cells import Filled
    from xltool.scheme.model import Scheme, Sheet

_SUB_ROW: Final = re.compile(r"(?:[0-9]{1,2}[.、]|\([0-9一二三四五六七八九十]{1,3}\))?其中.*")
# 先粗看一眼名称像不像，再细看
_DOUBTFUL: Final = re.compile(
    r"计|总|汇|[空行下]|完|略|结束|其中|^\s*[.…·。]|指标|例|样|填|等$|注|说明|^\s*如|单位[:：]|[人长][:：(（]|签"
    r"|^\W*$|无|没有|未|不|[×xX*＊]{2}|某|^\s*(?:total|end|n/?a)",
    re.IGNORECASE,
)
_SHORT: Final = 4
_NOTE: Final = "是表尾的说明"
_SAMPLE: Final = "是没有改掉的样例"
_KINDS: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (
        re.compile(
            r"(?:本页|本表|各项|全部|本年度?|年度|上级|本级|[省市县区镇]级|全[省市县区镇]|总)*"
            r"(?:[合小总共累]计|总数|汇总|total)(?:数|金额|total)?(?:[0-9]+[项个]?)?(?:\(.{0,12}\))?"
        ),
        "是合计",
    ),
    (
        re.compile(
            r"[(-]*(?:(?:此行|本行|以下|下方)+(?:为?空白|为空|无|无内容|无正文|无记录|略)|空白|(?:本[页表])?完毕?"
            r"|(?:表格)?结束|end)[)-]*"
        ),
        _NOTE,
    ),
    (re.compile("[.·。…]+|等等?"), "是省略号"),
    (
        re.compile(
            r"(?:三级)?指标(?:名称)?[0-9一二三四五六七八九十x]+[.]*"
            r"|\(?(?:[例如]|例如|[示样]例|填写(?:说明|示例))[:,].*|\([示样]例\).*|\(?[示样]例\)?"
            r"|\(?请填写?.*"
        ),
        _SAMPLE,
    ),
)
# 只写了名称、别的栏都空着时才算
_ALONE: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (
        re.compile(
            r"\(?(?:注|备注|说明|填[表报]说明|(?:金额|计量)?单位)[0-9]{0,2}[:.、].*"
            r"|(?:填[表报]|制表|审核|复核|经办|负责|联系)(?:人|单位)?.{0,6}[:(].*|.{0,6}(?:签[字章名]|公章|盖章)[:)].*"
        ),
        _NOTE,
    ),
    (
        re.compile(
            r"(?:[×x*]{2,}|某某?)(?:[×x*]|某|单位|部门|局|区|县|市|镇)*"
            r"(?:专项资金|专项|资金|经费|项目|指标|任务|问题|企业)?"
            r"|(?:专项资金|项目|任务|问题)(?:名称)?[1-9一二三四五六七八九x]"
        ),
        _SAMPLE,
    ),
)
_NONE: Final = re.compile(
    r"(?:本|上|[0-9]{4})?(?:单位|部门|局|年度?)*(?:上年度?|本年度?|[0-9]{4}年度?)?"
    r"(?:(?:无(?!障碍|偿|人机|线|纸|公害|害)|没有|暂无|不存在|未(?:开展|发现|涉及|安排|收到|设立)).{0,10}"
    r"(?:问题|事项|资金|经费|项目|任务|内容|此项|该项|情况|记录|整改|评价|意见|建议|要求)|不涉及.{0,10})"
)


class Line(NamedTuple):
    """记录表里填了内容的一行。"""

    row: str
    number: int
    texts: Mapping[str, str]  # 各栏填的字
    column: int  # 说到这一行时指哪一列
    struck: bool  # 每一格都划掉了


def find_no_records(
    scheme: Scheme, sheet: Sheet, name: str, inputs: Sequence[Filled], *, parts: bool
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
    doubtful |= _classified_only(sheet, inputs) | _little(inputs)
    blank = _blank_rows(name, inputs)
    if not doubtful:
        return blank
    lines = _lines(sheet, (filled for filled in inputs if filled[0].key.row in doubtful))
    judged = {line.row: _finding(scheme, sheet, name, line, parts=parts) for line in lines}
    return blank | {row: finding for row, finding in judged.items() if finding is not None}


def _little(inputs: Sequence[Filled]) -> set[str]:
    """只写了一格的、写的都很短的各行：多半写的是“无”“/”。"""
    written: dict[str, list[int]] = {}
    for planned, _, cell in inputs:
        if size := len(cell.text.strip()):
            written.setdefault(planned.key.row, []).append(size)
    return {row for row, sizes in written.items() if len(sizes) == 1 or max(sizes) <= _SHORT}


def _blank_rows(name: str, inputs: Iterable[Filled]) -> dict[str, Finding]:
    """只打了空格、换了行的各行：读作空行，表里的公式却数它。"""
    blank: dict[str, At] = {}
    written = set()
    for planned, at, cell in inputs:
        text, row = cell.text, planned.key.row
        if cell.formula or text[:1].isalnum() or not unseen(text):
            written.add(row)
        elif text:
            blank.setdefault(row, At(*at))
    return {
        row: say.BLANK_ROW.finding(Place(name, at), row=at.row)
        for row, at in blank.items()
        if row not in written
    }


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
    return _bare(fold(hint))


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


def _finding(scheme: Scheme, sheet: Sheet, name: str, line: Line, *, parts: bool) -> Finding | None:
    what = "" if line.struck else _what(sheet, line, parts=parts)
    if not (line.struck or what or _none(scheme, sheet, line)):
        return None
    place = Place(name, At(line.number, line.column))
    text = excerpt(line.texts.get(sheet.anchor) or next(iter(line.texts.values())))
    if line.struck:
        return say.STRUCK_ROW.finding(place, row=line.number, text=text)
    if what:
        return say.NOT_RECORD.finding(place, row=line.number, text=text, what=what)
    return say.NONE_SAID.finding(place, row=line.number, text=text)


def _what(sheet: Sheet, line: Line, *, parts: bool) -> str:
    """这一行是什么；是记录的为空。"""
    anchor = _name(sheet, line)
    for pattern, what in _KINDS + _ALONE if len(line.texts) == 1 else _KINDS:
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


def _none(scheme: Scheme, sheet: Sheet, line: Line) -> bool:
    """写的是“无”“本单位上年度无整改事项”：别的栏也都没有写什么。"""
    written = _written(sheet, line)
    silent = {text for text in line.texts.values() if says_nothing(scheme, text)}
    if {text for text in line.texts.values() if text.strip() != "0"} == silent:
        return bool(silent)
    others = set(line.texts.values()) - silent - {written, "0"}
    return not others and _NONE.fullmatch(_name(sheet, line)) is not None


def _name(sheet: Sheet, line: Line) -> str:
    """名称一栏写的，没有写名称而只写了一格的是那一格；折叠过。"""
    return _bare(fold(_written(sheet, line)))


def _written(sheet: Sheet, line: Line) -> str:
    only = next(iter(line.texts.values())) if len(line.texts) == 1 else ""
    return line.texts.get(sheet.anchor, only)


def _bare(folded: str) -> str:
    """末尾的句读不计；只有句读的照原样。"""
    return folded.rstrip(",;。、") or folded
