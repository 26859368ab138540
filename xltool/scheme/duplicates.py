"""方案里的编码和名称不能重复；Excel 不分大小写，收表时不分全角半角，只差这些的也是重复。"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.values import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from xltool.scheme.model import Scheme

    Problem = tuple[str, str]


class _Group(NamedTuple):
    """不能重复的一组：键的路径、各个值；`alike` 是把只差写法的看成一样，`why` 是为什么。"""

    path: str
    values: Iterable[str]
    alike: Callable[[str], str] | None = None
    why: str = ""


_ONE_NAME: Final = "只差大小写，Excel 里是同一个名字"
_ONE_WORD: Final = "只差大小写或全角半角，分不出"


def duplicate_problems(scheme: Scheme) -> Iterator[Problem]:
    """重复的：键的路径和说法。"""
    for group in _groups(scheme):
        listed = tuple(group.values)
        if len(set(listed)) < len(listed):
            for value, count in Counter(listed).items():
                if count > 1:
                    yield group.path, f"“{value}”出现了 {count} 次，编码和名称不能重复"
        if group.alike is None:
            continue
        first: dict[str, str] = {}
        for value in dict.fromkeys(listed):
            known = first.setdefault(group.alike(value), value)
            if known != value:
                yield group.path, f"“{value}”与“{known}”{group.why}"


def _groups(scheme: Scheme) -> Iterator[_Group]:
    chosen = {
        name
        for sheet in scheme.sheets
        for field in (*sheet.fields, *sheet.extras)
        for name in (field.options, *field.options_by.values())
    }
    codes = [item.code for item in scheme.indicators]
    yield _Group("indicators.code", codes, fold, _ONE_WORD)
    yield _Group("sheets.key", (item.key for item in scheme.sheets))
    yield _Group("sheets.name", (one.name for one in scheme.sheets), str.casefold, _ONE_NAME)
    tabs = [one.name for one in scheme.sheets if not one.page]
    pages = dict.fromkeys(one.page for one in scheme.sheets if one.page)
    yield _Group("sheets.page", (*tabs, *pages) if pages else (), str.casefold, _ONE_NAME)
    yield _Group(
        "fields.code",
        (field.code for sheet in scheme.sheets for field in sheet.fields if field.code),
    )
    yield _Group("levels.title", (level.title for level in scheme.levels))
    yield _Group("grades.name", (grade.name for grade in scheme.grades), fold, _ONE_WORD)
    for sheet in scheme.sheets:
        keys = (field.key for field in (*sheet.fields, *sheet.extras))
        yield _Group(f"sheets.{sheet.key}.fields.key", keys)
    for options in scheme.options.values():
        yield _Group(f"options.{options.key}.key", (option.key for option in options.options))
        words = [word for one in options.options for word in (one.value, *one.aliases)]
        alike = fold if options.key in chosen else None
        yield _Group(f"options.{options.key}.value", words, alike, _ONE_WORD)
