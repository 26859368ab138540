"""同一个项目在几张表、报告里的叫法：一字不差的，只差编码、年份、括注和通称的，话里提到的。"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from xltool.scheme.contract.word_lists import COMMON_NAMES
from xltool.values import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xltool.flags.peers import Sums
    from xltool.scheme.model import Scheme

_SHORTEST: Final = 4  # 再短的名字（培训、会议）哪里都会提到
_MARKS: Final = re.compile(r"[\W_]+")
# 名称前面的编码和序号：440703-001 、P2024-07 、（三）、3. 、三、
_CODE: Final = re.compile(
    r"^(?:\(?[一二三四五六七八九十]{1,3}\)?[、.)]|\([一二三四五六七八九十0-9]{1,3}\)"
    r"|[0-9]{1,2}[、.)]|[a-z]{0,4}[0-9][0-9a-z.-]{2,}[-_、.:]*(?=[^0-9a-z年]))"
)
_YEAR: Final = re.compile("(?:19|20)[0-9]{2}年度?|本年度?")
_NOTE: Final = re.compile(r"\([^()]*\)")


def exact_name(name: str) -> str:
    """一个项目的名称，标点、空格、全角都不计。"""
    return _MARKS.sub("", fold(name))


def near_name(scheme: Scheme, name: str) -> str:
    """去掉编码、年份、括注、末尾的通称的名称；去得什么也不剩的照原来的。"""
    return _near(scheme.words(COMMON_NAMES), name)


@lru_cache(maxsize=4096)
def _near(common: tuple[str, ...], name: str) -> str:
    bare = _MARKS.sub("", _YEAR.sub("", _NOTE.sub("", _CODE.sub("", fold(name)))))
    last = ""
    while bare != last:
        last = bare
        for word in common:
            shorter = bare.removesuffix(word)
            bare = shorter if len(shorter) >= _SHORTEST else bare
    return bare or exact_name(name)


def near_projects(
    scheme: Scheme, funds: Iterable[str], projects: Mapping[str, Sums]
) -> dict[str, Sums]:
    """名称只是相近的：部门的表上的名称对项目；一边有两个这样叫的、已有一字不差的都不认。"""
    listed = [name for name in funds if exact_name(name) not in projects]
    taken = {exact_name(name) for name in funds}
    left = [one for key, one in projects.items() if key not in taken]
    ours = Counter(near_name(scheme, name) for name in listed)
    theirs = Counter(near_name(scheme, one.name) for one in left)
    known = {near_name(scheme, one.name): one for one in left}
    return {
        name: known[near]
        for name in listed
        if ours[near := near_name(scheme, name)] == theirs[near] == 1
    }


def mentioned(scheme: Scheme, topic: str, projects: Iterable[Sums]) -> tuple[Sums, str] | None:
    """话里提到的项目，和去掉它的名字剩下的字；没有提到、提到的有两个同样长的为空。"""
    said = exact_name(topic)
    found: dict[str, list[Sums]] = {}
    for one in projects:
        for name in {exact_name(one.name), near_name(scheme, one.name)}:
            if len(name) >= _SHORTEST and name in said:
                found.setdefault(name, []).append(one)
    longest = max(found, key=len, default="")
    named = found.get(longest, [])
    return (named[0], said.replace(longest, "", 1)) if len(named) == 1 else None
