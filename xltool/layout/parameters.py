"""报送表上的评分参数：只有表里的公式自己用到的数，和它们在评分参数表里的位置。"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from xltool.facts.allocation import points_formula
from xltool.facts.computed import formula
from xltool.scheme.completing import OVER_LIMIT
from xltool.scheme.key import VALUE, CellKey
from xltool.scheme.model import SheetKind
from xltool.scheme.thresholds import form_thresholds
from xltool.scoring.catalogue import methods_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xltool.scheme.model import Parameter, Scheme

# 不在某个指标、某一栏的公式里，而在表头、合计、勾稽、条件格式里用到的
_EVERYWHERE: Final = ("working_digits", "score_digits", "money_digits", OVER_LIMIT)


@lru_cache(maxsize=16)
def form_parameters(scheme: Scheme) -> Mapping[str, Parameter]:
    """报送表的公式用到的参数，依方案的次序，疑点的界限在后；只有复核的人看的不在内。"""
    refs = _Recorder({*_EVERYWHERE, *(grade.parameter for grade in scheme.grades)})
    for method in methods_of(scheme):
        method.formula(refs)
        method.basis(refs)
    for indicator in scheme.indicators:
        if scheme.allocated(indicator.code):
            points_formula(scheme, indicator.code, refs)
    for sheet in scheme.sheets:
        for field in sheet.fields:
            # 逐项表就是那一格，记录表取第一行的
            key = CellKey(sheet.key, "1", field.key)
            if sheet.kind is SheetKind.FIELDS:
                key = CellKey(sheet.key, field.key, VALUE)
            elif sheet.kind is SheetKind.SCORE:
                key = CellKey(sheet.key, scheme.indicators[0].code, field.key)
            if field.computation is not None:
                formula(scheme, field.computation, key, refs)
    shared = {key: item for key, item in scheme.parameters.items() if key in refs.used}
    return shared | {one.key: one.under(scheme) for one in form_thresholds(scheme)}


class _Recorder:
    """写公式时记下用到哪些参数；位置还没有排，各格随便称呼。"""

    def __init__(self, used: set[str]) -> None:
        self.used = used

    def cell(self, key: CellKey) -> str:
        """某一格。"""
        return key.row

    def column(self, sheet: str, column: str) -> str:
        """记录表的一栏。"""
        return f"{sheet}.{column}"

    def parameter(self, key: str) -> str:
        """评分参数里的一格：记下来。"""
        self.used.add(key)
        return key

    def points(self, code: str) -> str:
        """某个三级指标的分值。"""
        return code

    def option(self, options: str, key: str) -> str:
        """选项表里的一格。"""
        return f"{options}.{key}"

    def options(self, options: str) -> str:
        """一个选项表的全部各格。"""
        return options
