"""每种作用的样子，全程序只写在这里：字体、底色、边框、对齐。"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product, starmap
from typing import NamedTuple

from xltool.sheets.paper import BODY_SIZE
from xltool.sheets.plan import NumberFormat, Role

TITLE_FONT = "方正小标宋简体"
HEADING_FONT = "黑体"
BODY_FONT = "仿宋"
DEFAULT_FONT = "宋体"

WHITE = "#FFFFFF"
INK = "#000000"
CHART_COLOR = "#2F5F9E"  # 图里的条：汇总的、通报的是一个颜色
BAR_COLOR = "#CCD8E6"  # 数据条：上面的黑字看得清，黑白印出来是浅灰
_BORDER_COLOR = "#7F7F7F"
_CHINESE_CHARSET = 134  # 没有这种字体的电脑据此挑一种中文字体代替


@dataclass(frozen=True, slots=True)
class Style:
    """一种作用的样子。

    `align` 空着时随内容：文字靠左，数靠右。`joined` 的几边没有框线，与相邻的格连成一格。
    """

    font: str = BODY_FONT
    size: float = BODY_SIZE
    color: str = INK
    fill: str = ""
    align: str = "left"
    top: bool = False
    border: bool = True
    joined: tuple[str, ...] = ()
    wrap: bool = True
    indent: int = 0
    bold: bool = False
    underline: bool = False
    strike: bool = False


# 独占一行的文字不换行，任它伸到右边的空格上；表里的一律换行。
_BODY = Style()
_FREE = Style(border=False)
_INPUT = Style(color="#1F3FBF", fill="#FFF9E5")
_LEVEL = replace(_BODY, align="center", top=True)
_AUTO = Style(fill="#EFEFEF", align="center")
_BAND = Style(fill="#F4F7FB")

STYLES: dict[Role, Style] = {
    Role.ANNEX: replace(_FREE, font=HEADING_FONT, size=16, wrap=False),
    Role.TITLE: replace(_FREE, font=TITLE_FONT, size=22, align="center_across", wrap=False),
    Role.INFO: replace(_FREE, wrap=False),
    Role.SECTION: replace(_FREE, font=HEADING_FONT, size=12, wrap=False),
    Role.HEADER: Style(font=HEADING_FONT, size=11, fill="#D9E4F0", align="center"),
    Role.IDENTITY: replace(_FREE, size=8, color="#595959", wrap=False),
    Role.CODE: Style(color="#595959", align="center"),
    Role.FIXED: _BODY,
    Role.FIXED_CENTER: replace(_BODY, align="center"),
    Role.LEVEL: _LEVEL,
    Role.LEVEL_TOP: replace(_LEVEL, joined=("bottom",)),
    Role.LEVEL_MIDDLE: replace(_LEVEL, joined=("top", "bottom")),
    Role.LEVEL_BOTTOM: replace(_LEVEL, joined=("top",)),
    Role.LEVEL_AGAIN: _LEVEL,
    Role.INPUT: _INPUT,
    Role.INPUT_CENTER: replace(_INPUT, align="center"),
    Role.AUTO: _AUTO,
    Role.AUTO_TEXT: replace(_AUTO, align="left"),
    Role.TOTAL: replace(_AUTO, font=HEADING_FONT, fill="#E3E3E3"),
    Role.SIGNATURE: replace(_FREE, size=12, wrap=False),
    Role.PLAIN: _FREE,
    Role.PASSAGE: replace(_FREE, top=True),
    Role.LINK: Style(color="#0B4A9E", underline=True),
    Role.JUMP: replace(_FREE, color="#0B4A9E", underline=True, align="right", wrap=False, indent=1),
    Role.BODY: _BODY,
    Role.BODY_CENTER: replace(_BODY, align="center"),
    Role.BODY_BAND: _BAND,
    Role.BODY_BAND_CENTER: replace(_BAND, align="center"),
    Role.REVIEW: _INPUT,
    Role.ERROR: Style(color="#8B0000", fill="#FCE4E4"),
    Role.WARNING: Style(color="#6B3E00", fill="#FFF2CC"),
    Role.NOTICE: Style(color="#1A3A7A", fill="#E6EFFB"),
    Role.GOOD: Style(color="#0B5520", fill="#E5F4E8"),
    Role.WAIVED: Style(color="#595959", strike=True),
    **dict.fromkeys((Role.UNUSED, Role.UNUSED_LEFT, Role.UNUSED_RIGHT), _FREE),
}

# 没有用到的行留着哪一边的框线
UNUSED: dict[Role, dict[str, object]] = {
    Role.UNUSED: {},
    Role.UNUSED_LEFT: {"left": 1},
    Role.UNUSED_RIGHT: {"right": 1},
}

_FIGURES = {
    NumberFormat.INTEGER,
    NumberFormat.POINTS,
    NumberFormat.MONEY,
    NumberFormat.PERCENT,
    NumberFormat.WIDE_PERCENT,
}


class Look(NamedTuple):
    """一格最终的样式：作用、数的写法、可否填写、是否带引号前缀。"""

    role: Role
    number: NumberFormat
    unlocked: bool
    quoted: bool


def every_look() -> list[Look]:
    """全部可能的样式，次序固定；每种要向 XlsxWriter 问一遍，用不着的不列。"""
    parts = product(Role, NumberFormat, (False, True), (False, True))
    return [look for look in starmap(Look, parts) if _possible(look)]


def _possible(look: Look) -> bool:
    """只有连成一格的几行里有藏着的字，都不能填；只供条件格式用的作用不是格的。"""
    if STYLES[look.role].joined:
        return not look.unlocked and look.number in (NumberFormat.GENERAL, NumberFormat.UNSEEN)
    listed = look.role not in UNUSED and look.role is not Role.LEVEL_AGAIN
    return listed and look.number is not NumberFormat.UNSEEN


def cell_properties(look: Look) -> dict[str, object]:
    """一种样式交给 XlsxWriter 的写法。"""
    style = STYLES[look.role]
    figure = look.number in _FIGURES and style.align == "left"  # 靠右，好对齐小数点
    properties: dict[str, object] = {
        "font_name": style.font,
        "font_size": style.size,
        "font_color": style.color,
        "font_charset": _CHINESE_CHARSET,
        "bold": style.bold,
        "underline": int(style.underline),
        "font_strikeout": style.strike,
        "align": "right" if figure or look.number is NumberFormat.MONEY else style.align,
        "valign": "top" if style.top else "vcenter",
        "num_format": look.number.value,
        "locked": not look.unlocked,
        "quote_prefix": look.quoted,
        "text_wrap": style.wrap,
        "indent": style.indent,
    }
    if style.fill:
        properties |= {"pattern": 1, "bg_color": style.fill}
    if style.border:
        properties |= {"border": 1, "border_color": _BORDER_COLOR}
        properties |= dict.fromkeys(style.joined, 0)
    return properties


def highlight_properties(role: Role) -> dict[str, object]:
    """条件格式只换底色和字色，换字体各家程序支持不一；没有用到的行、再印一遍的名称、要填的格另有框线。"""
    style = STYLES[role]
    if role is Role.LEVEL_AGAIN:
        seen = NumberFormat.TEXT.value
        return {"border": 1, "border_color": _BORDER_COLOR, "num_format": seen}
    if role in UNUSED:  # 有颜色而没有线型的框线，写成“没有框线”，盖得过格里的
        bare = {"border_color": _BORDER_COLOR, "num_format": NumberFormat.UNSEEN.value}
        return bare | UNUSED[role]
    edge = {"border": 1, "border_color": _BORDER_COLOR} if role is Role.INPUT else {}
    return edge | {
        "font_color": style.color,
        "bg_color": style.fill or WHITE,
        "font_strikeout": style.strike,
    }


def tab_color(role: Role) -> str:
    """工作表标签的颜色：底色太淡，标签上看不清，用字色。"""
    style = STYLES[role]
    return style.color if style.color != INK else style.fill or _BORDER_COLOR
