"""填报格的校验：下拉列表、数和日期的范围、输入提示、出错时的说法。"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from xltool.address import At
from xltool.facts.computed import percent
from xltool.form.text_room import ENOUGH, text_room
from xltool.layout.layout import CONTINUED, SheetRefs
from xltool.scheme.key import CellKey
from xltool.scheme.model import FieldKind, SheetKind
from xltool.sheets.plan import Validation, ValidationKind
from xltool.sheets.prompts import prompt_text, prompt_title
from xltool.values import plain

if TYPE_CHECKING:
    from decimal import Decimal

    from xltool.address import Area
    from xltool.layout.block import Block
    from xltool.layout.layout import Layout
    from xltool.scheme.model import Field

_EARLIEST, _LATEST = date(2000, 1, 1), date(2099, 12, 31)
_LARGEST = 1_000_000_000_000
_NUMBERS = (FieldKind.NUMBER, FieldKind.POINTS, FieldKind.MONEY, FieldKind.PERCENT)


def list_name(key: str) -> str:
    """某个选项表的名称，用 ASCII，各种软件都认。"""
    return f"list_{key}"


def validate(layout: Layout, block: Block, field: Field, area: Area, row: str) -> Validation:
    """一个填报项在某个区域里的校验；`row` 是区域第一行的标识，供相对引用。"""
    title = prompt_title(field.label)
    prompt = _prompt(field)
    if field.options or field.options_by:
        strict = field.kind is FieldKind.CHOICE
        source = _source(layout, block, field, row)
        error = f"请从列表里选“{field.label}”。"
        return Validation(
            area, ValidationKind.LIST, title, prompt, "不在列表里", error, source, strict=strict
        )
    if field.kind is FieldKind.INTEGER or field.kind in _NUMBERS:
        return _number(layout, block, field, area, row)
    if field.kind.dated:
        error = f"“{field.label}”应填日期，如 {field.example}。"
        return Validation(
            area, ValidationKind.DATE, title, prompt, "不是日期", error, "", _EARLIEST, _LATEST
        )
    if field.kind is FieldKind.MEASURE:
        return Validation(area, ValidationKind.ANY, title, prompt)
    return _text(block, field, area, row)


def _text(block: Block, field: Field, area: Area, row: str) -> Validation:
    """文字：太长的只提醒，不拦；写成段的话的栏，提示里先说印得下多少。"""
    room = text_room(block, field, row).characters
    sheet = block.sheet
    told = sheet.columns if sheet.kind is not SheetKind.FIELDS or not sheet.prose else sheet.fields
    most = f"格里印得下{room}字。" if room < ENOUGH and field in told else ""
    error = f"多于{room}字，格里看不全、印不全，全文印在“{CONTINUED}”：能精简的请精简。"
    return Validation(
        area,
        ValidationKind.TEXT_LENGTH,
        prompt_title(field.label),
        _prompt(field, most),
        "文字太长",
        error,
        minimum=0,
        maximum=room,
        strict=False,
    )


def _prompt(field: Field, most: str = "") -> str:
    must = "必填。" if field.required else ""
    example = f"例：{field.example}" if field.example else ""
    return prompt_text(f"{must}{field.help}{most}{example}")


def _number(layout: Layout, block: Block, field: Field, area: Area, row: str) -> Validation:
    rule = ValidationKind.INTEGER if field.kind is FieldKind.INTEGER else ValidationKind.DECIMAL
    low: Decimal | int = field.minimum if field.minimum is not None else -_LARGEST
    high: Decimal | int | str = field.maximum if field.maximum is not None else _LARGEST
    show = percent if field.kind is FieldKind.PERCENT else plain
    limit = f"，不小于{show(field.minimum)}" if field.minimum is not None else ""
    limit += f"，不大于{show(field.maximum)}" if field.maximum is not None else ""
    if block.sheet is layout.scheme.score_sheet:  # 自评得分不超过本行的分值
        high = SheetRefs(layout, block.name).points(row)
        limit = "，不小于0、不大于本行分值"
    number = "整数" if rule is ValidationKind.INTEGER else "数字"
    error = f"“{field.label}”应填{number}{limit}，不带单位和文字。"
    title = prompt_title(field.label)
    return Validation(area, rule, title, _prompt(field), "数字不对", error, "", low, high)


def _source(layout: Layout, block: Block, field: Field, row: str) -> str:
    """列表的来源：名称；二级列表按上一级选的值取名称。"""
    if field.options:
        return list_name(field.options)
    refs = SheetRefs(layout, block.name)
    parent_at = layout.place(CellKey(block.sheet.key, row, field.depends)).at
    parent = f"${At(1, parent_at.col).a1.rstrip('1')}{parent_at.row}"
    parent_field = layout.scheme.field(CellKey(block.sheet.key, row, field.depends))
    source = list_name(next(iter(field.options_by.values())))
    for value, key in reversed(list(field.options_by.items())):
        options = layout.scheme.options[parent_field.options].options
        option = next(option.key for option in options if option.value == value)
        cell = refs.option(parent_field.options, option)
        source = f"IF({parent}={cell},{list_name(key)},{source})"
    return source
