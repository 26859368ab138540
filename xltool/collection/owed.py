"""一个单位应报哪几份：按表种、按项目说。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from xltool.collection.variants import is_project_form
from xltool.values import fold, quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_ANY: Final = "自评表"  # 名单没有写表种的，应报的叫这个


@dataclass(frozen=True, slots=True)
class Obligation:
    """应报的一份：哪种表（名单没有写的空着），哪个项目（评部门整体的、没有写的空着）。

    `file` 是采用了的那一份；还没有的空着。
    """

    form: str = ""
    project: str = ""
    file: str = ""

    @property
    def met(self) -> bool:
        """有没有采用的报送。"""
        return bool(self.file)

    @property
    def of_project(self) -> bool:
        """报的是不是一个项目。"""
        return bool(self.project) or is_project_form(self.form)

    @property
    def label(self) -> str:
        """给人看的说法，如 项目支出“农村公路”。"""
        return (self.form or _ANY) + (quote_project(self.project) if self.project else "")


def quote_project(project: str) -> str:
    """项目名称带上引号。"""
    return f"“{quote(project)}”"


def owed_in(lines: Iterable[tuple[Sequence[str], Sequence[str]]]) -> tuple[Obligation, ...]:
    """一个单位的几行（表种、项目）合起来是哪几份；只有第一行可以什么也没有写。"""
    owed: dict[Obligation, None] = {}
    for number, (forms, projects) in enumerate(lines):
        if number == 0 or forms or projects:
            owed |= dict.fromkeys(owed_by(forms, projects))
    return tuple(owed)


def owed_by(forms: Sequence[str], projects: Sequence[str]) -> tuple[Obligation, ...]:
    """名单的一行写的是哪几份：部门的表各一份，每个项目的每种项目表各一份；什么也没写的是一份。

    写了项目而没有写项目的表种的，是那个项目的一份，不限哪一种项目表。
    """
    whole = [Obligation(form) for form in forms if not is_project_form(form)]
    kinds = [form for form in forms if is_project_form(form)]
    if projects:
        listed = [Obligation(form, name) for name in projects for form in kinds or [""]]
    else:
        listed = [Obligation(form) for form in kinds]
    return (*whole, *listed) or (Obligation(),)


def rivals(owed: Iterable[Obligation], *, project: str) -> tuple[Obligation, ...]:
    """一份评部门的（`project` 空着）或评这个项目的报送，可能是应报的哪几份。

    项目先找名单上写了它的，没有就找没有写项目名称的项目表。
    """
    if not project:
        return tuple(one for one in owed if not one.of_project)
    own = [one for one in owed if one.of_project]
    named = [one for one in own if fold(one.project) == fold(project)]
    return tuple(named or (one for one in own if not one.project))
