"""数据校验和条件格式。"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from xltool.excel.cells import date_number
from xltool.excel.looks import BAR_COLOR, UNUSED, highlight_properties
from xltool.excel.text import markup, require_length, without_controls
from xltool.sheets.plan import ValidationKind
from xltool.sheets.prompts import PROMPT_LENGTH, TITLE_LENGTH

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from xltool.sheets.graphics import Bars
    from xltool.sheets.plan import Highlight, Validation


Limit: TypeAlias = "Decimal | int | date | str | None"

# “只限类型”的说法 Excel 没有，用取不尽的下限代替。
_LOWEST = {
    ValidationKind.DECIMAL: "-1E+307",
    ValidationKind.INTEGER: "-999999999999999",
    ValidationKind.DATE: "1",
    ValidationKind.TEXT_LENGTH: "0",
}


def apply_validations(target: Worksheet, validations: Iterable[Validation]) -> None:
    """加上数据校验；标题、提示超长时拒绝，因为 XlsxWriter 会连校验一起丢掉。"""
    for validation in validations:
        first, last = validation.area.first, validation.area.last
        titles = {"input_title": validation.prompt_title, "error_title": validation.error_title}
        messages = {"input_message": validation.prompt, "error_message": validation.error}
        for text in titles.values():
            require_length("校验标题", text, TITLE_LENGTH)
        for text in messages.values():
            require_length("校验提示", text, PROMPT_LENGTH)
        options = _condition(validation)
        options |= {
            key: without_controls(text) for key, text in (titles | messages).items() if text
        }
        options["error_type"] = "stop" if validation.strict else "warning"
        corners = (first.row - 1, first.col - 1, last.row - 1, last.col - 1)
        target.data_validation(*corners, options)


def apply_highlights(
    workbook: Workbook, target: Worksheet, highlights: Iterable[Highlight]
) -> None:
    """加上条件格式，先列的优先。"""
    for highlight in highlights:
        first, last = highlight.area.first, highlight.area.last
        look = workbook.add_format(highlight_properties(highlight.role))
        if highlight.role in UNUSED:  # “没有底色”也写出来，才盖得过格里的；XlsxWriter 没有说法
            look.has_dxf_fill = True
            look.dxf_bg_color = look.dxf_fg_color = None  # type: ignore[attr-defined]
        options = {
            "type": "formula",
            "criteria": f"={highlight.formula}",
            "format": look,
            "stop_if_true": highlight.stop,
        }
        corners = (first.row - 1, first.col - 1, last.row - 1, last.col - 1)
        target.conditional_format(*corners, options)


def apply_bars(target: Worksheet, bars: Iterable[Bars]) -> None:
    """加上数据条：一色到底，不用渐变，黑白印出来也看得出长短。"""
    for one in bars:
        first, last = one.area.first, one.area.last
        options = {
            "type": "data_bar",
            "bar_solid": True,
            "bar_color": BAR_COLOR,
            "min_type": "num",
            "min_value": one.low,
            "max_type": "num",
            "max_value": one.high,
        }
        corners = (first.row - 1, first.col - 1, last.row - 1, last.col - 1)
        target.conditional_format(*corners, options)


def rule_formulas(
    validations: Iterable[Validation], highlights: Iterable[Highlight]
) -> tuple[str, ...]:
    """应有的公式，排好序以便与文件核对。"""
    found = [highlight.formula for highlight in highlights]
    for validation in validations:
        condition = _condition(validation)
        keys = ("source", "minimum", "maximum", "value")
        found += [str(condition[key]).removeprefix("=") for key in keys if key in condition]
    return tuple(sorted(found))


def _condition(validation: Validation) -> dict[str, object]:
    rule = validation.rule
    if rule is ValidationKind.ANY:
        return {"validate": rule.value}
    if rule is ValidationKind.LIST:
        source = markup("下拉列表的来源", validation.source)
        return {"validate": rule.value, "source": f"={source}"}
    low, high = _limit(validation.minimum), _limit(validation.maximum)
    if low and high:
        return {"validate": rule.value, "criteria": "between", "minimum": low, "maximum": high}
    if high:
        return {"validate": rule.value, "criteria": "<=", "value": high}
    return {"validate": rule.value, "criteria": ">=", "value": low or _LOWEST[rule]}


def _limit(limit: Limit) -> str:
    """上下限的写法：数和日期写成数，公式前加等号。"""
    if limit is None:
        return ""
    if isinstance(limit, str):
        return f"={limit}"
    return date_number(limit) if isinstance(limit, date) else str(limit)
