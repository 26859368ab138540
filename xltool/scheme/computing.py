"""自动计算的项接不接得上：取的项要有、要是数、只有一格，算来算去不能用到自己。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xltool.scheme.categories import SHEET
from xltool.scheme.completing import COMPLETING, column_problems
from xltool.scheme.contract.need import KINDS, Holds
from xltool.scheme.fields import Compute, FieldKind, SheetKind
from xltool.scheme.key import SELF_SCORE, field_key
from xltool.scheme.model import SUMMED
from xltool.scheme.references import reference_problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.scheme.fields import Computation, Field, Sheet
    from xltool.scheme.model import Scheme

    Problem = tuple[str, str]
    Node = tuple[str, str]

_INPUTS: Final = {Compute.RATIO: 2, Compute.CHANGE: 2, Compute.GROWTH: 2, Compute.CAPPED: 1}
_SEVERAL: Final = frozenset({Compute.SUM, Compute.DIFFERENCE})


def computing_problems(scheme: Scheme) -> Iterator[Problem]:
    """接不上的地方：键的路径和说法。"""
    sound = True
    for sheet in scheme.sheets:
        for field in sheet.extras:
            if field.computation is not None:
                yield f"sheets.{sheet.key}.{field.key}.computation", "各行共有的栏不能自动计算"
        for field in sheet.fields:
            if field.computation is not None:
                path = f"sheets.{sheet.key}.{field.key}"
                yield from _shown(path, field)
                for message in _taken(scheme, sheet, field.computation):
                    sound = False
                    yield f"{path}.computation", message
    if sound:
        yield from _circles(scheme)
    computed = {node for node, (_, field) in _fields(scheme).items() if field.computation}
    for sheet_key, key in sorted(scheme.essential & computed):
        message = f"“{sheet_key}.{key}”是自动计算的，不用填，不要列在这里"
        yield "scheme.essential", message


def _fields(scheme: Scheme) -> dict[Node, tuple[Sheet, Field]]:
    return {(s.key, f.key): (s, f) for s in scheme.sheets for f in s.fields}


def _shown(path: str, field: Field) -> Iterator[Problem]:
    """算出的是数，单位不用填。"""
    if not field.kind.numeric:
        kinds = "、".join(kind for kind in FieldKind if kind in KINDS[Holds.NUMBER])
        yield f"{path}.kind", f"自动计算的项要是数（kind 为 {kinds}），现为 {field.kind}"
    if field.required:
        yield f"{path}.required", "自动计算的项不用填，不要写"


def _taken(scheme: Scheme, sheet: Sheet, computation: Computation) -> Iterator[str]:
    if computation.kind in COMPLETING:
        yield from column_problems(sheet, computation.kind)
    yield from _count(scheme, sheet, computation)
    for name in filter(None, (*computation.inputs, computation.fallback)):
        yield from _input(scheme, sheet, name)


def _count(scheme: Scheme, sheet: Sheet, computation: Computation) -> Iterator[str]:
    kind, count = computation.kind, len(computation.inputs)
    if kind is Compute.GATHERED:
        yield from _gathered(scheme, sheet, count)
    elif kind in _SEVERAL:
        if count < 2:  # noqa: PLR2004 - one is nothing to add to
            yield f"{kind} 的 inputs 要写两项以上，现为 {count} 项"
    elif count != _INPUTS.get(kind, 0):
        yield f"{kind} 的 inputs 要写 {_INPUTS.get(kind, 0)} 项，现为 {count} 项"


def _gathered(scheme: Scheme, sheet: Sheet, count: int) -> Iterator[str]:
    """评分表上的，逐行相加以外的各行各要一项；别处的是评分表各行之和，不写。"""
    if sheet.kind is SheetKind.RECORDS:
        yield "gathered 只用在评分表和逐项表"
        return
    scored = sheet.kind is SheetKind.SCORE
    others = [one for one in scheme.indicators if one.method.name != SUMMED] if scored else []
    if count != len(others):
        where = "，依次是评分表各行的自评得分填在哪里" if scored else ""
        yield f"gathered 的 inputs 要写 {len(others)} 项{where}，现为 {count} 项"
    summed = len(others) < len(scheme.indicators)
    if scored and summed and not scheme.has(f"{SHEET}.{SELF_SCORE}"):
        yield f"gathered 要有填报项“{SHEET}.{SELF_SCORE}”，逐行的自评得分由它相加"


def _input(scheme: Scheme, sheet: Sheet, name: str) -> Iterator[str]:
    own = {field.key: field for field in sheet.fields}
    if "." not in name:
        found = own.get(name)
        if found is None:
            yield f"没有填报项“{name}”"
        elif not found.kind.numeric:
            yield f"“{name}”要是数，现为 {found.kind}"
        return
    home, _, column = name.partition(".")
    if home == sheet.key and column in own and sheet.kind is not SheetKind.FIELDS:
        yield f"“{name}”是同一张表的栏，只写栏名“{column}”"
        return
    try:
        key = field_key(name)
    except ValueError:
        yield f"没有填报项“{name}”"
        return
    message = reference_problem(scheme, key)
    if message:
        yield message
    elif not scheme.field(key).kind.numeric:
        yield f"“{name}”要是数，现为 {scheme.field(key).kind}"


# ---------------------------------------------------------------- 算来算去用到自己


def _circles(scheme: Scheme) -> Iterator[Problem]:
    """各个圈，从书写次序里的第一项说起。"""
    fields = _fields(scheme)
    settled: set[Node] = set()
    for node in fields:
        circle = _circle(scheme, fields, node, [], settled)
        if circle:
            settled |= set(circle)
            labels = "←".join(fields[one][1].label for one in circle)
            home, key = circle[0]
            yield f"sheets.{home}.{key}.computation", f"算来算去用到了自己：{labels}"


def _circle(
    scheme: Scheme,
    fields: dict[Node, tuple[Sheet, Field]],
    node: Node,
    trail: list[Node],
    settled: set[Node],
) -> list[Node]:
    """从一项起往来处走，走回来的一圈；没有的为空。"""
    if node in trail:
        return [*trail[trail.index(node) :], node]
    if node in settled or node not in fields:
        return []
    for source in _sources(*fields[node], scheme):
        circle = _circle(scheme, fields, source, [*trail, node], settled)
        if circle:
            return circle
    settled.add(node)
    return []


def _sources(sheet: Sheet, field: Field, scheme: Scheme) -> Iterator[Node]:
    computation = field.computation
    if computation is None:
        return
    for name in filter(None, (*computation.inputs, computation.fallback)):
        home, dot, key = name.partition(".")
        yield (home, key) if dot else (sheet.key, name)
    if computation.kind is Compute.EARNED:  # 得分率只看填的各栏
        yield sheet.key, "points"
    if computation.kind is Compute.GATHERED and sheet.kind is not SheetKind.SCORE:
        yield scheme.score_sheet.key, SELF_SCORE
