"""一张表有哪些栏：印好的栏和填报的栏，次序、表头、列宽，以及照印的字；别处都按名取栏。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xltool.scheme.categories import SHEET
from xltool.scheme.completing import COMPLETING
from xltool.scheme.key import VALUE
from xltool.scheme.model import SheetKind
from xltool.scheme.naming import name_column

if TYPE_CHECKING:
    from collections.abc import Callable

    from xltool.scheme.model import Field, Sheet
    from xltool.scoring.method import Method


@dataclass(frozen=True, slots=True)
class Column:
    """一栏。`field` 空着的是印好的栏（填报内容栏各行不同，也空着）。

    `text` 由一行的项（逐项表的填报项、评分表的计分办法、记录表的序号）得出照印的字，不随填报而变；
    `anchor` 的字和编码一样用来认行；`review` 由财政部门填写。
    """

    key: str
    heading: str
    width: float
    field: Field | None = None
    text: Callable[..., str] | None = None
    anchor: bool = False
    review: bool = False

    @property
    def printed(self) -> bool:
        """是不是印好的栏，读报送时不取值。"""
        return self.field is None and self.key != VALUE


DERIVED_HELP = "自动得出"  # 由别的格得出的，印着公式，说明由这几个字起头


def _requirement(field: Field) -> str:
    """印在“填报要求”栏里的话。"""
    if field.computation is not None:
        return f"自动计算：{field.help}"
    if field.help.startswith(DERIVED_HELP):
        return field.help
    must = "必填。" if field.required else "选填。"
    example = f"例：{field.example}" if field.example else ""
    return f"{must}{field.help}{example}"


def _of_field(
    key: str, heading: str, width: float, text: Callable[[Field], str], *, anchor: bool = False
) -> Column:
    """逐项表印好的一栏。"""
    return Column(key, heading, width, text=text, anchor=anchor)


def _of_method(
    key: str, heading: str, width: float, text: Callable[[Method], str], *, anchor: bool = False
) -> Column:
    """评分表印好的一栏。"""
    return Column(key, heading, width, text=text, anchor=anchor)


_CODE = ("code", "编码", 6)
CODE = Column(*_CODE)
# 各种表自己的栏：方案的栏之前的、之后的
_Around = tuple[tuple[Column, ...], tuple[Column, ...]]


def _items(label: float, value: float, requirement: float) -> _Around:
    """逐项表；参数是各栏的宽。"""
    before = (
        _of_field(*_CODE, lambda item: item.code, anchor=True),
        _of_field("label", "项目", label, lambda item: item.heading, anchor=True),
        Column(VALUE, "填报内容", value),
    )
    return before, (_of_field("help", "填报要求", requirement, _requirement),)


_FIELDS = _items(38, 24, 46)
_PROSE = _items(16, 70, 30)  # 各项全要写成段的话的表，如年度总体目标
_RECORDS: _Around = ((Column("code", "序号", 6, text=str, anchor=True),), ())
_BEFORE_SCORES = (
    _of_method(*_CODE, lambda method: method.indicator.code, anchor=True),
    Column("level1", "一级指标", 6),
    Column("level2", "二级指标", 6),
    _of_method("title", "三级指标", 9.5, lambda method: method.indicator.title, anchor=True),
    Column("points", "分值", 5.5),
    _of_method("note", "指标说明", 15, lambda method: method.indicator.note),
    _of_method("standard", "评分标准", 32.5, lambda method: method.sentence()),
    Column("basis", "计算依据", 10),
)
_SYSTEM_SCORE = Column("score", "系统得分（自动计算）", 9)  # 汇总里单位的表上与自评得分并排
REVIEW = (  # 由财政部门填写
    Column("review_score", "复核得分", 5.5, review=True),
    Column("review_note", "复核意见", 6.5, review=True),
)
_SCORE: _Around = (_BEFORE_SCORES, REVIEW)
# 排在最右，只在屏幕上看，不印；下发过的表没有这两栏，照读。汇总里单位的表有疑点清单，不要
SELF_CHECK = Column("self_check", "自查（自动，先说重的）", 80)
UNSAID = Column("unsaid", "没有说明（自动）", 6)  # 隐藏：几处公式要问的，只算一次
WAY = Column("way", "往哪边好（自动）", 6)  # 隐藏：1 越大越好，-1 越小越好，0 看不出
# 计算依据、系统得分夹在正式的各栏中间：原处的两栏隐藏，免得印出来；右边不印的地方照样显示一份
SHOWN = {
    "basis": Column("shown_basis", "计算依据（自动）", 11),
    "score": Column("shown_score", "系统得分（自动）", 11),
}
GROW = Column("grow", "行高（自动）", 6)  # 合并的格写多了行不会自己长高，这里的空行把它撑高
NAMED = Column("named", "名称（自动）", 60)  # 隐藏：写成好比的样子
PAID = Column("said_paid", "说付完了（自动）", 6)  # 隐藏：1 指标说钱付完了
WARNED = Column("warned", "须说明的（自动）", 80)  # 隐藏：接在自查的后面，一格写不下
MORE = Column("warned_more", "须说明的（续，自动）", 80)  # 隐藏：再接在后面
REST = Column("warned_rest", "须说明的（再续，自动）", 80)  # 隐藏：再接在后面
LAST = Column("warned_last", "须说明的（末，自动）", 80)  # 隐藏：再接在后面
PROVED = Column("proved", "写了佐证材料（自动）", 6)  # 隐藏：1 写了，0 没有
ADDED = {  # 隐藏：其中各项由下往上加，与上一条比
    "expected": Column("added_expected", "其中各项（预期，自动）", 6),
    "actual": Column("added_actual", "其中各项（实际，自动）", 6),
}
OBJECT = Column("standard_object", "标准的对象（自动）", 30)  # 隐藏：每一个什么，对象的字
DUE = Column("standard_due", "照标准应付（自动）", 6)  # 隐藏：数量×标准，万元
REPLACED = Column("replaced", "公式没有了（自动）", 6)  # 隐藏：1 灰格的公式删了、改成了数
SAID = Column("said", "自查的公式（自动）", 80)  # 隐藏：自查照着它显示，数也数它
FILLED = Column("filled", "填了多少（自动）", 6)  # 隐藏：几格填了，连同各个数；与说明页上另数的比
LONG = Column("long", "印不下的（自动）", 6)  # 隐藏：哪几格的字印不下，一格一个字母
LONG_LINE = Column("long_line", "印不下的在哪一行（自动）", 6)  # 隐藏：供“续页”一行一行地找
EVIDENCE = "evidence"
SAYING = ("note", "reason")  # 写说明的栏
HIDDEN = (
    *(UNSAID.key, WAY.key, NAMED.key, PAID.key, WARNED.key, MORE.key, REST.key),
    LAST.key,
    PROVED.key,
    *(one.key for one in ADDED.values()),
    *(OBJECT.key, DUE.key),
    REPLACED.key,
    *(SAID.key, FILLED.key, LONG.key, LONG_LINE.key),
)
LIVE = frozenset({SELF_CHECK.key, GROW.key, *(one.key for one in SHOWN.values()), *HIDDEN})
_AROUND = {SheetKind.RECORDS: (_RECORDS,), SheetKind.SCORE: (_SCORE,)}


def printed_keys(kind: SheetKind) -> frozenset[str]:
    """一种表上程序自己的栏，方案的栏不能同名。"""
    around = _AROUND.get(kind, (_FIELDS, _PROSE))
    columns = (column for before, after in around for column in (*before, *after))
    own = {_SYSTEM_SCORE.key} if kind is SheetKind.SCORE else set()
    return frozenset({VALUE, *(column.key for column in columns), *own, *LIVE})


def columns_of(sheet: Sheet) -> tuple[Column, ...]:
    """一张表的全部栏，由左到右。"""
    own: list[Column] = []
    for field in sheet.columns:
        heading = f"{field.heading}（自动计算）" if field.computation else field.heading
        own.append(Column(field.key, heading, field.width, field))
    if sheet.kind is SheetKind.SCORE:
        before, after = _SCORE
        own.insert([column.key for column in own].index("self_score") + 1, _SYSTEM_SCORE)
    elif sheet.kind is SheetKind.RECORDS:
        before, after = _RECORDS
    else:
        before, after = _PROSE if sheet.prose else _FIELDS
    shown = SHOWN.values() if sheet.kind is SheetKind.SCORE else ()
    written = any(one.kind.free and not one.computation for one in (*sheet.fields, *sheet.columns))
    long = (LONG, LONG_LINE) if written else ()
    return (*before, *own, *after, *shown, SELF_CHECK, *_asked(sheet), SAID, FILLED, *long)


def _asked(sheet: Sheet) -> list[Column]:
    """自查先算好的几栏，都隐藏着。"""
    said = any(field.key in SAYING for field in (*sheet.fields, *sheet.columns))
    asked = [UNSAID] if said else []
    completing = any(
        one.computation and one.computation.kind in COMPLETING for one in sheet.columns
    )
    if completing:
        asked += [WAY, PAID]
    if sheet.key == SHEET:
        asked += [WARNED, MORE, REST, LAST]
    if name_column(sheet):
        asked.append(NAMED)
    if proves(sheet):
        asked.append(PROVED)
    if sheet.key == SHEET:
        asked += (*ADDED.values(), OBJECT, DUE)
    if sheet.kind is SheetKind.SCORE or any(one.computation for one in sheet.fields):
        asked.append(REPLACED)
    if sheet.page:
        asked.insert(0, GROW)
    return asked


def proves(sheet: Sheet) -> bool:
    """佐证材料要看写没写的表：评分表、绩效指标。"""
    counted = sheet.kind is SheetKind.SCORE or sheet.key == SHEET
    return counted and any(field.key == EVIDENCE for field in sheet.columns)


def lasting_columns(sheet: Sheet) -> tuple[Column, ...]:
    """印出来的、汇总里也有的栏：不要自查。"""
    return tuple(column for column in columns_of(sheet) if column.key not in LIVE)
