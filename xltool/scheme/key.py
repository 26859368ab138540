"""一个填报格的名字：表、行、栏。"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

VALUE = "value"
STATED_TOTAL = "cover.self_total"  # 自评总分
FULL_MARKS, WORKING_DIGITS = "full_marks", "working_digits"  # 参数：满分、计算精度
SELF_SCORE = "self_score"  # 自评得分一栏：评分表的，绩效指标表逐行的


class CellKey(NamedTuple):
    """一个填报格的名字，不随格子搬动而变。

    `sheet` 是表的标识，`row` 是行的标识（记录表为序号），`column` 是栏的标识
    （逐项表的填报栏为 value）。
    """

    sheet: str
    row: str
    column: str = VALUE

    def __str__(self) -> str:
        if self.row.isdecimal():
            return f"{self.sheet}[{self.row}].{self.column}"
        suffix = "" if self.column == VALUE else f".{self.column}"
        return f"{self.sheet}.{self.row}{suffix}"


@lru_cache(maxsize=1024)  # 方案里总共几百个写法，一份表要用上千次
def field_key(dotted: str) -> CellKey:
    """把方案里的写法 finance.total 读成格名。

    Raises:
        ValueError: 不是“表.项”的写法。
    """
    sheet, dot, row = dotted.partition(".")
    if not (sheet and dot and row) or "." in row:
        raise ValueError(dotted)
    return CellKey(sheet, row)


DEPARTMENT_CODE = field_key("cover.department_code")  # 预算编码，不是每个方案都有
DEPARTMENT = field_key("cover.department")  # 每个方案都有的一项：评的是哪个部门
SELF_GRADE = field_key("cover.self_grade")  # 自评等级，由总分得出
