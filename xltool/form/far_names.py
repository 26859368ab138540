"""条件格式和校验里引用别的表的格，改成名称：早先的 Excel 不认直接的引用，打开时会说文件损坏。"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from xltool.sheets.plan import Name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xltool.sheets.plan import Highlight, SheetPlan, Validation

_FAR: Final = re.compile(
    r'"(?:[^"]|"")*"'  # 文字里的不是引用
    r"|(?P<far>'(?P<sheet>(?:[^']|'')+)'!(?P<cells>\$[A-Z]{1,3}\$\d+(?::\$[A-Z]{1,3}\$\d+)?))"
)


class FarNames:
    """用到的名称，边改边记。"""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    @property
    def listed(self) -> tuple[Name, ...]:
        """全部名称，依用到的先后。"""
        return tuple(Name(name, reference) for reference, name in self._names.items())

    def named(self, sheet: SheetPlan) -> SheetPlan:
        """一张表，引用别的表的都改成了名称。"""
        return replace(
            sheet,
            highlights=tuple(self._highlights(sheet.highlights)),
            validations=tuple(self._validations(sheet.validations)),
        )

    def _highlights(self, highlights: Iterable[Highlight]) -> Iterable[Highlight]:
        return (replace(one, formula=self._text(one.formula)) for one in highlights)

    def _validations(self, validations: Iterable[Validation]) -> Iterable[Validation]:
        for one in validations:
            low, high = one.minimum, one.maximum
            yield replace(
                one,
                source=self._text(one.source),
                minimum=self._text(low) if isinstance(low, str) else low,
                maximum=self._text(high) if isinstance(high, str) else high,
            )

    def _text(self, formula: str) -> str:
        return _FAR.sub(self._replaced, formula)

    def _replaced(self, found: re.Match[str]) -> str:
        reference = found["far"]
        if not reference:
            return found[0]
        text = f"{found['sheet']}_{found['cells']}".replace("$", "")
        return self._names.setdefault(reference, re.sub(r"\W", "_", text))
