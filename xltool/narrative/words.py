"""读正文看哪些字：都由方案的字眼表来。"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from xltool.flags.statements import said_of
from xltool.scheme.contract import report_words as lists
from xltool.values.text import narrow, squeeze

if TYPE_CHECKING:
    from xltool.flags.statements import Said
    from xltool.scheme.model import Scheme


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """一个方案的各种字眼，折成半角；几样的按标识取。"""

    cover: dict[str, tuple[str, ...]]
    parts: dict[str, tuple[str, ...]]
    columns: dict[str, tuple[str, ...]]
    phrases: dict[str, tuple[str, ...]]
    counts: tuple[str, ...]
    leads: tuple[str, ...]
    verbs: tuple[str, ...]
    actions: tuple[str, ...]
    continued: tuple[str, ...]
    partial: tuple[str, ...]
    trailing: tuple[str, ...]
    said: Said


@lru_cache(maxsize=16)
def words_of(scheme: Scheme) -> Words:
    """一个方案的字眼。"""
    return Words(
        _keyed(scheme, lists.REPORT_COVER),
        _keyed(scheme, lists.REPORT_PARTS),
        _keyed(scheme, lists.REPORT_COLUMNS),
        _keyed(scheme, lists.REPORT_PHRASES),
        _listed(scheme, lists.REPORT_COUNTS),
        _listed(scheme, lists.REPORT_LEADS),
        _listed(scheme, lists.REPORT_VERBS),
        _listed(scheme, lists.REPORT_ACTIONS),
        _listed(scheme, lists.REPORT_CONTINUED),
        _listed(scheme, lists.REPORT_PARTIAL),
        _listed(scheme, lists.REPORT_TRAILING),
        said_of(scheme),
    )


def _keyed(scheme: Scheme, key: str) -> dict[str, tuple[str, ...]]:
    return {
        option.key: tuple(map(_folded, (option.value, *option.aliases)))
        for option in scheme.listed(key)
    }


def _listed(scheme: Scheme, key: str) -> tuple[str, ...]:
    """长的在前：先认长的。"""
    return tuple(sorted(map(_folded, scheme.words(key)), key=len, reverse=True))


def _folded(text: str) -> str:
    return squeeze(narrow(text))
