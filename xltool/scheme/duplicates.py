"""方案里的编码和名称不能重复；Excel 不分大小写，收表时不分全角半角，只差这些的也是重复。"""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.values import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from xltool.scheme.model import Scheme

    Problem = tuple[str, str]

_ONE_NAME: Final = "只差大小写，Excel 里是同一个名字"
_ONE_WORD: Final = "只差大小写或全角半角，分不出"


def duplicate_problems(scheme: Scheme) -> Iterator[Problem]:
    """重复的：键的路径和说法。"""
    for path, values in _distinct(scheme):
        listed = tuple(values)
        if len(set(listed)) < len(listed):  # 大半不重，不必逐个数
            for value, count in Counter(listed).items():
                if count > 1:
                    yield path, f"“{value}”出现了 {count} 次，编码和名称不能重复"
    yield from _pages(scheme)
    for group in _apart(scheme):
        first: dict[str, str] = {}
        for value in group.values:
            known = first.setdefault(group.alike(value), value)
            if known != value:
                yield group.path, f"“{value}”与“{known}”{group.why}"


def _distinct(scheme: Scheme) -> Iterator[tuple[str, Iterable[str]]]:
    """一个字也不能同的各组。"""
    yield "indicators.code", (item.code for item in scheme.indicators)
    yield "sheets.key", (item.key for item in scheme.sheets)
    yield "sheets.name", (item.name for item in scheme.sheets)
    yield "fields.code", (f.code for s in scheme.sheets for f in s.fields if f.code)
    yield "levels.title", (level.title for level in scheme.levels)
    yield "grades.name", (grade.name for grade in scheme.grades)
    for sheet in scheme.sheets:
        keys = (field.key for field in (*sheet.fields, *sheet.extras))
        yield f"sheets.{sheet.key}.fields.key", keys
    for options in scheme.options.values():
        yield f"options.{options.key}.key", (option.key for option in options.options)
        words = ((one.value, *one.aliases) for one in options.options)
        yield f"options.{options.key}.value", chain.from_iterable(words)


def _pages(scheme: Scheme) -> Iterator[Problem]:
    """几张表印在一页上的那一页，不能与自成一张的表同名。"""
    pages = {sheet.page.casefold(): sheet.page for sheet in scheme.sheets if sheet.page}
    for sheet in scheme.sheets:
        if not sheet.page and sheet.name.casefold() in pages:
            page = pages[sheet.name.casefold()]
            yield f"sheets.{sheet.key}.name", f"“{sheet.name}”与印成一页的“{page}”同名"


class _Apart(NamedTuple):
    """不能只差写法的一组：`alike` 把只差写法的看成一样，`why` 是为什么。"""

    path: str
    values: Iterable[str]
    alike: Callable[[str], str] = fold
    why: str = _ONE_WORD


def _apart(scheme: Scheme) -> Iterator[_Apart]:
    names = (sheet.name for sheet in scheme.sheets)
    yield _Apart("sheets.name", names, str.casefold, _ONE_NAME)
    yield _Apart("indicators.code", (item.code for item in scheme.indicators))
    yield _Apart("grades.name", (grade.name for grade in scheme.grades))
    chosen = {
        name
        for sheet in scheme.sheets
        for field in (*sheet.fields, *sheet.extras)
        for name in (field.options, *field.options_by.values())
    }
    for options in scheme.options.values():
        if options.key in chosen:  # 同一个选项的几种写法，本来就认作一个
            own = [(option.value, *option.aliases) for option in options.options]
            words = ({fold(word): word for word in reversed(one)}.values() for one in own)
            yield _Apart(f"options.{options.key}.value", chain.from_iterable(words))
