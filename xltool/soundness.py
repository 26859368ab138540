"""一个方案整个能不能用：自身的道理、计分办法、疑点的界限、与程序固有的表和栏不相重。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.flags.registry import known_checks, rules, thresholds
from xltool.layout.columns import printed_keys
from xltool.layout.explained import EXPLANATION
from xltool.layout.layout import CONTINUED, GUIDE, IDENTITY, OPTIONS, PARAMETERS
from xltool.scheme.fields import NOT_MERGED
from xltool.scheme.lint import every_problem
from xltool.scheme.loader import built_scheme
from xltool.scheme.problem import SchemeProblem
from xltool.scheme.shapes import BOOK_SHEETS
from xltool.scheme.wiring import lacking_problems, stranger
from xltool.scoring.catalogue import methods_of
from xltool.values import nearest, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.scheme.model import Scheme

_RESERVED: Final = frozenset(
    name.casefold() for name in (GUIDE, EXPLANATION, CONTINUED, PARAMETERS, OPTIONS, IDENTITY)
)


class Fault(NamedTuple):
    """一处毛病：键的路径和说法。"""

    path: str
    message: str


class Examination(NamedTuple):
    """查一个方案文件的结果：读得成的有 `scheme`，`problems` 是全部毛病。"""

    scheme: Scheme | None
    problems: tuple[SchemeProblem, ...]


def examined(text: str, file: str) -> Examination:
    """把方案文件的文字整个查一遍，一次说出全部。"""
    try:
        scheme = built_scheme(text, file)
    except SchemeProblem as problem:
        return Examination(None, (problem, *problem.also))
    return Examination(scheme, tuple(SchemeProblem(file, *fault) for fault in faults(scheme)))


def faults(scheme: Scheme) -> Iterator[Fault]:
    """全部毛病；该有的没有齐时，计分办法先不看。"""
    own = tuple(Fault(path, message) for path, message in every_problem(scheme))
    yield from own
    if not any(lacking_problems(scheme)):
        yield from _methods(scheme, own)
    yield from _strangers(scheme)
    yield from _orders(scheme)
    for sheet in scheme.sheets:
        for key, name in (("name", sheet.name), ("page", sheet.page)):
            if name.casefold() in _RESERVED:
                message = f"“{name}”是报送表固有的表，请换一个名字"
                yield Fault(f"sheets.{sheet.key}.{key}", message)
        for field in sheet.columns:
            if field.key in printed_keys(sheet.kind):
                message = f"“{field.key}”是程序自己印的栏，请换一个标识"
                yield Fault(f"sheets.{sheet.key}.{field.key}.key", message)
    yield from _registers(scheme)


def _methods(scheme: Scheme, own: tuple[Fault, ...]) -> Iterator[Fault]:
    """各个计分办法；一个不对不耽误看下一个，说过的键不再说。"""
    said = {fault.path for fault in own}
    for indicator in scheme.indicators:
        try:
            methods_of(scheme, (indicator,))
        except SchemeProblem as problem:
            if problem.path not in said:
                yield Fault(problem.path, problem.message)
        except KeyError:  # 用到的选项表没有，前面说了
            if not own:
                raise


def _registers(scheme: Scheme) -> Iterator[Fault]:
    """汇总里的登记表各有各的名字；没有写的用表名，表名本身不能用的已经说了。"""
    seen = {name.casefold(): "汇总自己的表" for name in BOOK_SHEETS}
    told = set(_RESERVED)  # 这几个表名不能用，或已经重复，都说了
    for sheet in scheme.sheets:
        name, own = sheet.merged, sheet.name.casefold()
        if name.casefold() in seen and (own not in told or sheet.register):
            message = f"“{name}”与{seen[name.casefold()]}同名，请另写一个"
            path = f"sheets.{sheet.key}.register"
            yield Fault(path, f"{message}；不要这张登记表的写“{NOT_MERGED}”")
        elif name:
            seen[name.casefold()] = f"“{sheet.name}”的登记表"
        told.add(own)


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


def _orders(scheme: Scheme) -> Iterator[Fault]:
    """由轻到重的几个界限，轻的不能高于重的：高了，该退回的就不先说明了。"""
    known = thresholds()
    for key, low in known.items():
        if low.up_to and {key, low.up_to} & scheme.thresholds.keys():
            mine, most = low.of(scheme), known[low.up_to].of(scheme)
            if mine > most >= 0:  # 负的另有一句
                path = key if key in scheme.thresholds else low.up_to
                message = f"{key} 是 {plain(mine)}，不能高于 {low.up_to}（{plain(most)}）"
                yield Fault(f"flags.{path}", message)
