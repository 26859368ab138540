"""约定的一条：一个名字、是什么、没有时怎样、什么时候非有不可。"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from xltool.scheme.fields import FieldKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xltool.scheme.fields import Compute, SheetKind


class When(StrEnum):
    """什么时候非有不可；值是印在参考里的字。"""

    OPTIONAL = "可以没有"
    ALWAYS = "必须有"
    RATED = "有完成率或得分率时必须有"
    EARNED = "有逐行得分时必须有"


class Holds(StrEnum):
    """一项里要填哪一类内容；值是给人看的说法。"""

    TEXT = "文字，或从列表选"
    NUMBER = "数"
    DATE = "日期"
    MEASURE = "指标值（数、日期或文字）"
    CHOICE = "从列表选"


KINDS: Mapping[Holds, frozenset[FieldKind]] = {
    Holds.TEXT: frozenset({FieldKind.TEXT, FieldKind.CHOICE, FieldKind.SUGGESTION}),
    Holds.NUMBER: frozenset(kind for kind in FieldKind if kind.numeric),
    Holds.DATE: frozenset(kind for kind in FieldKind if kind.dated),
    Holds.MEASURE: frozenset({FieldKind.MEASURE}),
    Holds.CHOICE: frozenset({FieldKind.CHOICE}),
}


class Need(NamedTuple):
    """约定的一条。

    `name` 的写法：表 funds，项或栏 finance.total，选项表 options.tier，选项 options.tier.missed，
    参数 parameters.full_marks（末尾的 N 是序号，从 1 起）。
    `without` 是没有它时，除了用它的规则不判，还有哪样功能不用，或为什么不行。表写 `sheet`，
    项和栏写 `holds`；与程序认得的选项比的，`listed` 是要取自哪个选项表；程序自己算的，
    `computed` 是要用的算法。
    """

    name: str
    meaning: str
    without: str = ""
    when: When = When.OPTIONAL
    holds: Holds | None = None
    listed: str = ""
    sheet: SheetKind | None = None
    computed: Compute | None = None
