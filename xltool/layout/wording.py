"""印在报送表上、不止一处要用的字。"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xltool.scheme.model import Sheet

BACK_TEXT = "返回"
SHEET_TAG = "xltool:"  # 标识行第一格的开头
STATUS_START = "本表"  # 各表顶上填报检查一句的开头
TOTAL_TEXT, TOTAL_COLUMN = "合计", "level1"  # 合计行印的字，印在哪一栏
NOT_HERE, IN_BOOK = "—", "到汇总里填"  # 另存的评分表上，复核得分、复核意见两栏
UNIT_TEXT, DAY_TEXT = "填报单位（公章）：", "填报日期："


def sheet_tag(sheet: Sheet) -> str:
    """某张表的标识，印在标识行的第一格。"""
    return f"{SHEET_TAG}{sheet.key}"
