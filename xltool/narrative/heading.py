"""报告开头写着的：哪个单位的、哪一天填的；文件名像不像自评报告。"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.values import read_date
from xltool.values.text import narrow, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xltool.narrative.outline import Passage
    from xltool.narrative.words import Words

_HEAD: Final = 30  # 封面在头这么多段里
# 前面的“附件2”“关于”“2024年度”不是名称；去掉它们就是“部门整体支出”的，标题里没有名称
_TITLE: Final = re.compile(
    r"^(?:附件[^:、.]{0,3}[:、.])?+(?:关于)?+(?:(?:19|20)[0-9]{2}年度?)?+"
    r"(?!部门|整体|项目支出|专项|财政支出|预算(?:支出|绩效|执行)|绩效|自评|[本我](?:部门|单位|局))"
    r"(.{2,40}?)(?:关于)?(?:(?:19|20)[0-9]{2}年度?|部门整体|项目支出|整体支出|绩效)"
)
_FEWEST: Final = 4
_PROJECT, _WHOLE = "项目支出", "整体支出"


class Heading(NamedTuple):
    """`names` 是写着的单位名称，`day` 是填报日期，没有写的空着；`of_project` 是只评项目的。"""

    names: tuple[str, ...] = ()
    day: date | None = None
    of_project: bool = False


def heading_of(passages: Sequence[Passage], words: Words) -> Heading:
    """看封面的“部门名称”“填报日期”和标题。"""
    lines = [passage.text for passage in passages[:_HEAD] if not passage.section.numbers]
    names = [_after(line, words.cover["department"]) for line in lines]
    titled = [line for line in lines if line.endswith(words.cover["report"])]
    names += [found[1] for line in titled if (found := _TITLE.match(line))]
    days = (read_date(_after(line, words.cover["date"])).value for line in lines)
    day = next((one for one in days if isinstance(one, date)), None)
    kept = (name for name in names if len(name) >= _FEWEST)
    of_project = any(_PROJECT in line for line in titled) and not any(_WHOLE in i for i in titled)
    return Heading(tuple(dict.fromkeys(kept)), day, of_project)


def _after(line: str, labels: Iterable[str]) -> str:
    """“部门名称：”后面的字。"""
    for label in labels:
        if line.startswith(label):
            return line[len(label) :].lstrip(": ")
    return ""


def named_as_report(file: str, words: Words) -> bool:
    """文件名像不像一份自评报告。"""
    stem = squeeze(narrow(file.rpartition("/")[2].rpartition(".")[0]))
    return any(word in stem for word in words.cover["report"])
