"""样子：每种作用都有，看得清，金额靠右。"""

from __future__ import annotations

import pytest

from xltool.excel.looks import (
    STYLES,
    UNUSED,
    WHITE,
    Look,
    cell_properties,
    every_look,
    highlight_properties,
    tab_color,
)
from xltool.sheets.plan import NumberFormat, Role


def luminance(color: str) -> float:
    channels = [int(color[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def look(role: Role, number: NumberFormat = NumberFormat.GENERAL) -> dict[str, object]:
    return cell_properties(Look(role, number, unlocked=False, quoted=False))


def test_contrast_measure() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("role", Role)
def test_every_role_is_legible(role: Role) -> None:
    style = STYLES[role]
    assert contrast(style.color, style.fill or WHITE) >= 7


@pytest.mark.parametrize("role", Role)
def test_every_role_has_a_dark_enough_tab(role: Role) -> None:
    assert tab_color(role).startswith("#")


def test_every_look_is_listed_once() -> None:
    """只供条件格式用的作用没有格的样式；藏着的字只在连成一格的几行里。"""
    looks = every_look()
    assert len(looks) == len(set(looks))
    lone = {*UNUSED, Role.LEVEL_AGAIN}
    joined = {role for role in Role if STYLES[role].joined}
    numbers = [number for number in NumberFormat if number is not NumberFormat.UNSEEN]
    assert len(joined) == 3
    for role in Role:
        listed = [look for look in looks if look.role is role]
        plain_looks = 0 if role in lone else len(numbers) * 4
        assert len(listed) == (2 * 2 if role in joined else plain_looks)


def test_money_is_right_and_points_stay_centred() -> None:
    assert look(Role.AUTO, NumberFormat.MONEY)["align"] == "right"
    assert look(Role.BODY, NumberFormat.INTEGER)["align"] == "right"
    assert look(Role.FIXED_CENTER, NumberFormat.POINTS)["align"] == "center"
    assert look(Role.BODY)["align"] == "left"


def test_tables_wrap_and_titles_span() -> None:
    for role in Role:
        if STYLES[role].border:
            assert look(role)["text_wrap"], role
    assert look(Role.TITLE)["align"] == "center_across"
    assert look(Role.TITLE)["font_name"] == "方正小标宋简体"


def test_levels_differ_by_colour_and_waived_is_struck() -> None:
    levels = [Role.ERROR, Role.WARNING, Role.NOTICE, Role.GOOD]
    assert len({STYLES[role].fill for role in levels}) == 4
    assert highlight_properties(Role.WAIVED)["font_strikeout"]
    assert highlight_properties(Role.ERROR) == {
        "font_color": "#8B0000",
        "bg_color": "#FCE4E4",
        "font_strikeout": False,
    }
