"""一个方案整个能不能用：自身的道理、计分办法、疑点的界限、与报送表固有的表名不相重。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.flags.registry import known_checks, rules, thresholds
from xltool.layout.explained import EXPLANATION
from xltool.layout.layout import GUIDE, IDENTITY, OPTIONS, PARAMETERS
from xltool.scheme.fields import NOT_MERGED
from xltool.scheme.lint import every_problem
from xltool.scheme.problem import SchemeProblem
from xltool.scheme.shapes import BOOK_SHEETS
from xltool.scheme.wiring import stranger
from xltool.scoring.catalogue import methods_of
from xltool.values import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.scheme.model import Scheme

_RESERVED: Final = frozenset({GUIDE, EXPLANATION, PARAMETERS, OPTIONS, IDENTITY})
_APART: Final = ("levels", "indicators", "grades", "checks")  # 这些不合，不妨碍看计分办法


class Fault(NamedTuple):
    """一处毛病：键的路径和说法。"""

    path: str
    message: str


def faults(scheme: Scheme) -> Iterator[Fault]:
    """全部毛病；表和填报项、参数没有齐时，计分办法先不看。"""
    own = tuple(Fault(path, message) for path, message in every_problem(scheme))
    yield from own
    if all(fault.path.startswith(_APART) for fault in own):
        for indicator in scheme.indicators:  # 一个不对不耽误看下一个
            try:
                methods_of(scheme, (indicator,))
            except SchemeProblem as problem:
                yield Fault(problem.path, problem.message)
    yield from _strangers(scheme)
    for sheet in scheme.sheets:
        if sheet.name in _RESERVED:
            yield Fault(f"sheets.{sheet.key}.name", f"“{sheet.name}”是报送表固有的表，请换一个名字")
    yield from _registers(scheme)


def _registers(scheme: Scheme) -> Iterator[Fault]:
    """汇总里的登记表各有各的名字；没有写的用表名，表名本身不能用的已经说了。"""
    seen = dict.fromkeys(BOOK_SHEETS, "汇总自己的表")
    for sheet in scheme.sheets:
        name = sheet.merged
        if name in seen and sheet.name not in _RESERVED:
            message = f"“{name}”与{seen[name]}同名，请另写一个；不要这张登记表的写“{NOT_MERGED}”"
            yield Fault(f"sheets.{sheet.key}.register", message)
        elif name:
            seen[name] = f"“{sheet.name}”的登记表"


def require_sound(scheme: Scheme) -> None:
    """方案要能用。

    Raises:
        SchemeProblem: 第一处毛病。
    """
    for path, message in faults(scheme):
        raise SchemeProblem(scheme.file, path, message)


def _strangers(scheme: Scheme) -> Iterator[Fault]:
    """没有哪条规则用到的界限、没有哪条规则看的勾稽，多半是写错了名字。"""
    known, checks, codes = thresholds(), known_checks(), [rule.code for rule in rules()]
    for code in dict.fromkeys(key.partition(".")[0] for key in scheme.thresholds):
        if code not in codes:
            near = nearest(code, codes)
            guess = f"，是不是“{near}”" if near else ""
            yield Fault(f"flags.{code}", f"没有疑点规则“{code}”{guess}，这个参数用不上")
    for key in scheme.thresholds:
        if key not in known and key.partition(".")[0] in codes:
            yield Fault(f"flags.{key}", stranger(key, known))
    for check in scheme.checks:
        if check.rule not in checks:
            yield Fault(f"checks.{check.rule}", f"没有看它的疑点规则；可用 {'、'.join(checks)}")
