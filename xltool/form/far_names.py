"""条件格式和校验里引用别的表的格，改成名称：早先的 Excel 不认直接的引用，打开时会说文件损坏。"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from xltool.address import Area, At
from xltool.layout.place_names import named_reference

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xltool.sheets.plan import Highlight, SheetPlan, Validation

_CELL: Final = r"\$[A-Z]{1,3}\$\d+"
_FAR: Final = re.compile(
    r'"(?:[^"]|"")*"'  # 文字里的不是引用
    rf"|(?P<far>'(?P<sheet>(?:[^']|'')+)'!(?P<first>{_CELL})(?::(?P<last>{_CELL}))?)"
)


class FarNames:
    """用到的名称各是哪里，边改边记。"""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}

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
        far = found["far"]
        if not far:
            return found[0]
        ends = (found["first"], found["last"] or found["first"])
        first, last = (At.parse(end.replace("$", "")) for end in ends)
        name = named_reference(found["sheet"], Area(first, last))
        if "!" in name:  # 表名里有英文字母，这里却非有名称不可
            name = re.sub(r"\W", "_", far.replace("$", ""))
        self.names[name] = far
        return name
