"""程序要用到的参数、选项和栏，方案里都要有；自动计算的项要接得上。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.scheme.caps import cap_parameters
from xltool.scheme.completing import COMPLETING, band_parameters, completing_problems
from xltool.scheme.computing import computing_problems
from xltool.scheme.contract.catalogue import parameter_names, parameters_when
from xltool.scheme.contract.checking import contract_problems
from xltool.scheme.contract.need import When
from xltool.scheme.fields import FieldKind, SheetKind
from xltool.values import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xltool.scheme.fields import Field, Sheet
    from xltool.scheme.model import Scheme


def lacking_problems(scheme: Scheme) -> Iterator[tuple[str, str]]:
    """该有而没有的，不合约定的：键的路径和说法；这些不齐，别的不用往下看。"""
    kinds = {f.computation.kind for s in scheme.sheets for f in s.fields if f.computation}
    yield from contract_problems(scheme)
    for key in parameters_when(When.ALWAYS):
        if key not in scheme.parameters:
            yield f"parameters.{key}", "缺少这一项"
    if kinds & {*COMPLETING}:
        yield from completing_problems(scheme)


def wiring_problems(scheme: Scheme) -> Iterator[tuple[str, str]]:
    """接不上的、用不上的：键的路径和说法。"""
    for sheet in scheme.sheets:
        for field in (*sheet.fields, *sheet.extras):
            yield from _choices(scheme, sheet, field)
    if any(sheet.kind is SheetKind.SCORE for sheet in scheme.sheets):
        yield from computing_problems(scheme)
    # 没有哪里用到的参数，多半是写错了名字：不指出来，改了也不起作用
    known = {*parameter_names(), *band_parameters(scheme), *cap_parameters(scheme)}
    for key in scheme.parameters:
        if "." not in key and key not in known:
            yield f"parameters.{key}", stranger(key, known)


def stranger(key: str, known: Iterable[str]) -> str:
    """没有哪里用到的参数怎么说。"""
    near = nearest(key, known)
    guess = f"，是不是“{near}”" if near else ""
    return f"没有哪里用到这个参数{guess}，请核对名字或删去"


def _choices(scheme: Scheme, sheet: Sheet, field: Field) -> Iterator[tuple[str, str]]:
    path = f"sheets.{sheet.key}.{field.key}"
    if field.kind is FieldKind.CHOICE and not (field.options or field.options_by):
        yield f"{path}.options", "从列表选的项要写选项表"
    if field.options and field.options_by:
        yield f"{path}.options", "写了 options_by 的不再写 options：随上一级而定的列表只能从它取"
    parent = next((other for other in sheet.fields if other.key == field.depends), None)
    if field.depends and parent is None:
        yield f"{path}.depends", f"“{field.depends}”不是本表的栏"
    elif parent is field:
        yield f"{path}.depends", "二级的列表要看另一栏，不能看自己"
    if field.options_by and sheet.kind is SheetKind.FIELDS:
        yield f"{path}.options_by", "二级的列表看同一行的另一栏，只有记录表、评分表才写"
    if field.options_by and not field.depends:
        yield f"{path}.depends", "二级的列表要写随哪一栏而定"
    if parent is None:
        return
    # 二级的列表按上一级的选项取；选项改了字，这里也要改
    options = scheme.options.get(parent.options)
    words = {option.value for option in options.options} if options else set()
    for word in field.options_by:
        if word not in words:
            yield f"{path}.options_by.{word}", f"“{word}”不是“{parent.label}”的选项"
