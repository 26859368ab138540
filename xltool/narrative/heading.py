"""报告开头写着的：哪个单位的、哪一天填的；一份文件像不像自评报告。"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.narrative.tables import indicator_columns, indicator_figures
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
_PARTS: Final = 2  # “存在的问题”和“改进措施”一类，有两节以上
_SENTENCE: Final = ("。", ";", ",")
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
    """文件名像不像一份自评报告；“关于报送自评报告的通知”不像。"""
    stem = squeeze(narrow(file.rpartition("/")[2].rpartition(".")[0]))
    rests = (stem.rpartition(word)[2] for word in words.cover["report"] if word in stem)
    return any(not rest.removeprefix("的").startswith(words.cover["paper"]) for rest in rests)


def looks_like_report(passages: Sequence[Passage], file: str, words: Words) -> bool:
    """一份 Word 文件像不像自评报告：凭标题、各节的标题、指标表、文件名。

    标题是函、通知一类的不是，除非里面有填了数的指标表：函和报告订成了一份。
    """
    titles = _front(passages)
    if any(line.endswith(words.cover["paper"]) for line in titles):
        return any(True for _ in indicator_figures(passages, words))
    return (
        named_as_report(file, words)
        or any(line.endswith(words.cover["report"]) for line in titles)
        or _has_its_parts(passages, words)
        or any(indicator_columns(one.cells, words) for one in passages)
    )


def title_of(passages: Sequence[Passage], words: Words) -> str:
    """说得出是什么的一行：函、通知的标题，没有的取第一行。"""
    papers = (line for line in _front(passages) if line.endswith(words.cover["paper"]))
    return next(papers, passages[0].text)


def _front(passages: Sequence[Passage]) -> list[str]:
    """标题可能在的几行：头一句话以前的；话以后的“附件：某某自评报告”不是标题。"""
    lines = [one.text for one in passages[:_HEAD] if not (one.section.numbers or one.table)]
    end = next((at for at, line in enumerate(lines) if line.endswith(_SENTENCE)), len(lines))
    return lines[:end]


def _has_its_parts(passages: Sequence[Passage], words: Words) -> bool:
    """各节的标题里有几节是自评报告才一起有的，还说着绩效。"""
    titles = [one.section.title for one in passages if one.heading]
    parts = sum(any(w in title for w in part for title in titles) for part in words.parts.values())
    return parts >= _PARTS and any(w in t for w in words.phrases["performance"] for t in titles)
