"""方案工作簿里的公式：查出名称、合计和核对；改一个数，马上看得出合不合。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.form.status import MATCH, MISMATCH
from xltool.scheme.key import FULL_MARKS, WORKING_DIGITS
from xltool.scheme.parameters import METHOD_LABELS
from xltool.scheme_book.tables import allocation, computing, fields, indicators, levels, methods
from xltool.sheets.plan import Formula
from xltool.values import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from xltool.scheme_book.table import Row
    from xltool.scheme_book.table_frame import Frame, Frames

_END: Final = METHOD_LABELS["points"][0].partition("{n}")[2]  # “第1项分值”末尾的字


class Line(NamedTuple):
    """公式所在的一行；预留的空白行 `row` 是空的。"""

    frames: Frames
    frame: Frame
    row: Row
    number: int

    def here(self, key: str) -> str:
        """本行的某一栏。"""
        return f"${self.frame.letters(key)}{self.number}"

    def own(self, key: str) -> str:
        """本表的一整栏。"""
        return self.frame.area(key).absolute

    def text(self, key: str) -> str:
        """本行某一栏现在的字。"""
        value = self.row.get(key)
        return value if isinstance(value, str) else ""

    def rounded(self, expression: str) -> str:
        """按计算精度舍入，免得二进制的尾数算作不符。"""
        return f"ROUND({expression},{self.frames.parameter(WORKING_DIGITS)})"


def formula(line: Line, key: str) -> Formula | None:
    """某一栏在这一行的公式；不是公式的栏为空。"""
    maker = _MAKERS.get((line.frame.table.key, key))
    return maker(line) if maker else None


# ---------------------------------------------------------------- 查名称


def _looked(shown: str, own: str, where: str, found: str) -> Callable[[Line], Formula]:
    """`own` 一栏写的是 `where`（表.栏）里的哪一行，就取那一行的 `found`。"""

    def make(line: Line) -> Formula:
        wanted = line.here(own)
        value = _index(line, wanted, where, found)
        return Formula(f'IF({wanted}="","",IFERROR({value}&"",""))', line.text(shown))

    return make


def _index(line: Line, wanted: str, where: str, found: str) -> str:
    columns = line.frames.column(found), line.frames.column(where)
    return f"INDEX({columns[0]},MATCH({wanted},{columns[1]},0))"


def _reference(line: Line) -> Formula:
    sheet, key = line.here("sheet"), line.here("key")
    text = f'IF(OR({sheet}="",{key}=""),"",{sheet}&"."&{key})'
    return Formula(text, line.text(fields.REFERENCE))


def _field_label(line: Line) -> Formula:
    wanted = f'{line.here("sheet")}&"."&{line.here("key")}'
    value = _index(line, wanted, "fields.reference", "fields.label")
    text = f'IF({line.here("key")}="","",IFERROR({value}&"",""))'
    return Formula(text, line.text(computing.LABEL))


def _own_points(line: Line) -> Formula:
    wanted = line.here("code")
    value = _index(line, wanted, "indicators.code", "indicators.points")
    own = line.row.get(allocation.OWN)
    result = own if isinstance(own, Decimal) else ""
    return Formula(f'IF({wanted}="","",IFERROR({value},""))', result)


# ---------------------------------------------------------------- 合计和核对


def _level_sum(line: Line) -> Formula:
    """一级：各个二级之和；二级：各个三级之和。"""
    parent, title = line.here("parent"), line.here("title")
    points = line.own("points")
    tops = f'SUMPRODUCT(--({line.own("parent")}={parent}),--({line.own("title")}<>""),{points})'
    column = line.frames.column
    leaves = f"SUMPRODUCT(--({column('indicators.level2')}={title}),{column('indicators.points')})"
    text = f'IF({parent}="","",IF({title}="",{tops},{leaves}))'
    return Formula(text, level_sum(line.frames, line.row))


def level_sum(frames: Frames, row: Row) -> Decimal | str:
    """下级合计；空白行是空串。"""
    if not row:
        return ""
    if not row["title"]:
        below = (one for one in frames["levels"].rows if one["title"])
        return _total(one["points"] for one in below if one["parent"] == row["parent"])
    listed = frames["indicators"].rows
    return _total(one["points"] for one in listed if one["level2"] == row["title"])


def _level_check(line: Line) -> Formula:
    total, points = line.here(levels.SUM), line.here("points")
    same = line.rounded(f"{points}-{total}")
    text = f'IF({line.here("parent")}="","",IF({same}=0,"{MATCH}","{MISMATCH}"))'
    result = _matched(level_sum(line.frames, line.row), line.row.get("points"))
    return Formula(text, result if line.row else "")


def _parts_check(line: Line) -> Formula:
    """各项分值的合计与指标的分值；几种办法各自核对。"""
    code, name, end = line.here("code"), line.here("name"), f'LEN("{_END}")'
    names = line.own("name")
    total = (
        f"SUMPRODUCT(--({line.own('code')}={code}),"
        f"--({line.own(methods.WAY.key)}={line.here(methods.WAY.key)}),"
        f'--(RIGHT({names},{end})="{_END}"),{line.own("value")})'
    )
    points = _index(line, code, "indicators.code", "indicators.points")
    same = line.rounded(f"{total}-{points}")
    test = f'IF({same}=0,"{MATCH}","{MISMATCH}")'
    text = f'IF(RIGHT({name},{end})="{_END}",IFERROR({test},""),"")'
    if not line.text("name").endswith(_END):
        return Formula(text, "")
    own = [line.row[key] for key in ("code", methods.WAY.key)]
    parts = (one for one in line.frame.rows if [one["code"], one[methods.WAY.key]] == own)
    result = _total(one["value"] for one in parts if str(one["name"]).endswith(_END))
    indicator = line.frames.scheme.indicator(line.text("code"))
    return Formula(text, _matched(result, indicator.points))


def _allocation_check(line: Line) -> Formula:
    """一种分法的合计：列了的按这种分法，没有列的按指标体系。"""
    option = line.here("option")
    chosen = f"--({line.own('option')}={option})"
    total = (
        f"SUMPRODUCT({chosen},{line.own('points')})"
        f"+SUM({line.frames.column('indicators.points')})"
        f"-SUMPRODUCT({chosen},{line.own(allocation.OWN)})"
    )
    same = line.rounded(f"{total}-{line.frames.parameter(FULL_MARKS)}")
    text = f'IF({option}="","",IF({same}=0,"{MATCH}","{MISMATCH}"))'
    if not line.row:
        return Formula(text, "")
    rows = [one for one in line.frame.rows if one["option"] == line.row["option"]]
    every = _total(one["points"] for one in line.frames["indicators"].rows)
    moved = _total(one["points"] for one in rows) - _total(one[allocation.OWN] for one in rows)
    return Formula(text, _matched(every + moved, line.frames.scheme.full_marks))


def _matched(one: object, other: object) -> str:
    return MATCH if one == other else MISMATCH


def _total(values: Iterable[object]) -> Decimal:
    return sum((value for value in values if isinstance(value, Decimal)), Decimal(0))


_MAKERS: Final[Mapping[tuple[str, str], Callable[[Line], Formula]]] = {
    ("levels", levels.SUM): _level_sum,
    ("levels", levels.CHECK): _level_check,
    ("indicators", indicators.LEVEL1): _looked(
        indicators.LEVEL1, "level2", "levels.title", "levels.parent"
    ),
    ("inputs", methods.TITLE): _looked(
        methods.TITLE, "code", "indicators.code", "indicators.title"
    ),
    ("inputs", methods.TARGET): _looked(methods.TARGET, "ref", "fields.reference", "fields.label"),
    ("method_parameters", methods.TITLE): _looked(
        methods.TITLE, "code", "indicators.code", "indicators.title"
    ),
    ("method_parameters", methods.CHECK): _parts_check,
    ("allocation", allocation.TITLE): _looked(
        allocation.TITLE, "code", "indicators.code", "indicators.title"
    ),
    ("allocation", allocation.OWN): _own_points,
    ("allocation", allocation.CHECK): _allocation_check,
    ("fields", fields.SHEET_NAME): _looked(fields.SHEET_NAME, "sheet", "sheets.key", "sheets.name"),
    ("fields", fields.REFERENCE): _reference,
    ("computed", computing.LABEL): _field_label,
    ("dropdowns", computing.LABEL): _field_label,
}


# ---------------------------------------------------------------- 印在表顶上的一句


def points_line(frames: Frames, table: str) -> Formula | None:
    """一级指标或三级指标的分值合计，与满分相不相符；别的表没有。"""
    if table not in _TOTALS:
        return None
    label, conditions = _TOTALS[table]
    frame = frames[table]
    points = frame.area("points").absolute
    tests = "".join(f"--({frame.area(key).absolute}{test})," for key, test in conditions)
    total = Line(frames, frame, {}, 0).rounded(f"SUMPRODUCT({tests}{points})")
    full = frames.parameter(FULL_MARKS)
    start, middle, end = f"{label}分值合计 ", " 分，满分 ", " 分："
    text = f'"{start}"&{total}&"{middle}"&{full}&"{end}"&IF({total}={full},"{MATCH}","{MISMATCH}")'
    rows = (one for one in frame.rows if table != "levels" or not one["title"])
    value, wanted = _total(one["points"] for one in rows), frames.scheme.full_marks
    shown = f"{start}{plain(value)}{middle}{plain(wanted)}{end}{_matched(value, wanted)}"
    return Formula(text, shown)


_TOTALS: Final[Mapping[str, tuple[str, tuple[tuple[str, str], ...]]]] = {
    "levels": ("一级指标", (("parent", '<>""'), ("title", '=""'))),
    "indicators": ("三级指标", (("code", '<>""'),)),
}
_CHECKED: Final = (
    ("levels", levels.CHECK),
    ("method_parameters", methods.CHECK),
    ("allocation", allocation.CHECK),
)
READY: Final = "分值都对得上"


def master_check(frames: Frames) -> Formula:
    """各表的核对里有几处不符；全对时说一句。"""
    counts = [f'COUNTIF({frames[table].whole(key)},"{MISMATCH}")' for table, key in _CHECKED]
    column = frames.column
    every = f"SUM({column('indicators.points')})-{frames.parameter(FULL_MARKS)}"
    counts.append(f"IF(ROUND({every},{frames.parameter(WORKING_DIGITS)})=0,0,1)")
    wrong = "+".join(counts)
    text = f'IF({wrong}=0,"{READY}","分值有 "&({wrong})&" 处对不上，见各表的“核对”")'
    return Formula(text, READY)
