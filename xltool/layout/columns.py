"""一张表有哪些栏：印好的栏和填报的栏，次序、表头、列宽。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xltool.scheme.key import VALUE
from xltool.scheme.model import SheetKind

if TYPE_CHECKING:
    from xltool.scheme.model import Field, Sheet


@dataclass(frozen=True, slots=True)
class Column:
    """一栏。`field` 空着的是印好的栏（填报内容栏各行不同，也空着）。"""

    key: str
    heading: str
    width: float
    field: Field | None = None

    @property
    def printed(self) -> bool:
        """是不是印好的栏，读报送时不取值。"""
        return self.field is None and self.key != VALUE


CODE = Column("code", "编码", 6)
_NUMBER = Column("code", "序号", 6)
_FIELDS = (
    CODE,
    Column("label", "项目", 38),
    Column(VALUE, "填报内容", 24),
)
_HELP = Column("help", "填报要求", 46)
# 各项全要写成段的话的表，如年度总体目标
_PROSE = (
    CODE,
    Column("label", "项目", 16),
    Column(VALUE, "填报内容", 70),
)
_PROSE_HELP = Column("help", "填报要求", 30)
_FORM = (
    CODE,
    Column("level1", "一级指标", 9),
    Column("level2", "二级指标", 9),
    Column("title", "三级指标", 15),
    Column("points", "分值", 6),
    Column("note", "指标说明", 18),
    Column("standard", "评分标准", 34),
    Column("basis", "计算依据", 10),
)
_AFTER_SELF = (Column("score", "系统得分（自动计算）", 9),)
_REVIEW = (Column("review_score", "复核得分", 8), Column("review_note", "复核意见", 12))


def columns_of(sheet: Sheet) -> tuple[Column, ...]:
    """一张表的全部栏，由左到右。"""
    own = tuple(Column(field.key, _heading(field), field.width, field) for field in sheet.columns)
    if sheet.prose:
        return (*_PROSE, *own, _PROSE_HELP)
    if sheet.kind is SheetKind.FIELDS:
        return (*_FIELDS, *own, _HELP)
    if sheet.kind is SheetKind.RECORDS:
        return (_NUMBER, *own)
    return (*_FORM, own[0], *_AFTER_SELF, *own[1:], *_REVIEW)


def _heading(field: Field) -> str:
    return f"{field.heading}（自动计算）" if field.computation else field.heading
