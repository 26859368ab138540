"""程序要用到的参数、选项和栏，方案里都要有；自动计算的项要接得上。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.scheme.caps import cap_parameters
from xltool.scheme.completing import (
    COMPLETING,
    band_parameters,
    column_problems,
    completing_problems,
)
from xltool.scheme.contract.catalogue import parameter_names, parameters_when
from xltool.scheme.contract.checking import contract_problems
from xltool.scheme.contract.need import When
from xltool.scheme.fields import Compute, FieldKind
from xltool.values import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xltool.scheme.fields import Computation, Field, Sheet
    from xltool.scheme.model import Scheme

_INPUTS = {Compute.RATIO: 2, Compute.CHANGE: 2, Compute.GROWTH: 2, Compute.CAPPED: 1}
_SEVERAL = frozenset({Compute.SUM, Compute.DIFFERENCE})


def wiring_problems(scheme: Scheme) -> Iterator[tuple[str, str]]:
    """接不上的地方：键的路径和说法。"""
    computed = [(s, f, f.computation) for s in scheme.sheets for f in s.fields if f.computation]
    yield from contract_problems(scheme)
    for key in parameters_when(When.ALWAYS):
        if key not in scheme.parameters:
            yield f"parameters.{key}", "缺少这一项"
    if any(computation.kind in COMPLETING for _, _, computation in computed):
        yield from completing_problems(scheme)
    for sheet in scheme.sheets:
        for field in (*sheet.fields, *sheet.extras):
            yield from _choices(scheme, sheet, field)
    for sheet, field, computation in computed:
        path = f"sheets.{sheet.key}.{field.key}.computation"
        for message in _computation(scheme, sheet, computation):
            yield path, message
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
    parent = next((other for other in sheet.fields if other.key == field.depends), None)
    if field.depends and parent is None:
        yield f"{path}.depends", f"“{field.depends}”不是本表的栏"
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


def _computation(scheme: Scheme, sheet: Sheet, computation: Computation) -> Iterator[str]:
    if computation.kind in COMPLETING:
        yield from column_problems(sheet, computation.kind)
    wanted = _INPUTS.get(computation.kind, 0)
    if computation.kind in _SEVERAL:
        if len(computation.inputs) < 2:  # noqa: PLR2004 - one is nothing to add to
            yield f"{computation.kind} 的 inputs 要写两项以上，现为 {len(computation.inputs)} 项"
    elif computation.kind is not Compute.GATHERED and len(computation.inputs) != wanted:
        yield f"{computation.kind} 的 inputs 要写 {wanted} 项，现为 {len(computation.inputs)} 项"
    kinds = {(s.key, f.key): f.kind for s in scheme.sheets for f in (*s.fields, *s.extras)}
    for name in filter(None, (*computation.inputs, computation.fallback)):
        table, dot, key = name.partition(".")
        kind = kinds.get((table, key) if dot else (sheet.key, name))
        if kind is None:
            yield f"没有填报项“{name}”"
        elif not kind.numeric:
            yield f"“{name}”要是数，现为 {kind}"
