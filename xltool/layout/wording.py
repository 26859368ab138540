"""印在报送表上、不止一处要用的字。"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xltool.layout.columns import Column
    from xltool.scheme.model import Field, Sheet

BACK_TEXT = "返回"
SHEET_TAG = "xltool:"  # 标识行第一格的开头
STATUS_START = "本表"  # 各表顶上填报检查一句的开头
TOTAL_TEXT, TOTAL_COLUMN = "合计", "level1"  # 合计行印的字，印在哪一栏
UNIT_TEXT, DAY_TEXT = "填报单位（公章）：", "填报日期："


def sheet_tag(sheet: Sheet) -> str:
    """某张表的标识，印在标识行的第一格。"""
    return f"{SHEET_TAG}{sheet.key}"


def column_tag(sheet: Sheet, column: Column) -> str:
    """某一栏的标识，印在标识行；编码栏印的是表的标识。"""
    return sheet_tag(sheet) if column.key == "code" else column.key


def help_text(field: Field) -> str:
    """印在“填报要求”栏里的话。"""
    if field.computation is not None:
        return f"自动计算：{field.help}"
    must = "必填。" if field.required else "选填。"
    example = f"例：{field.example}" if field.example else ""
    return f"{must}{field.help}{example}"
