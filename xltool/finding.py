"""问题：一处事实、一句话、一个办法，带着所在的文件、工作表和单元格。"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from operator import add
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xltool.address import At, Place


LONGEST: Final = 3_000
"""由填报拼成的一段话最多几个字：几段接在一格里，也装得下（32,767）。"""


LONGEST_NAME: Final = 250  # 名称；再长的不是名称，是粘错了的


CODE_HEADINGS: Final = ("编码", "规则")
"""表上写编码的一栏的表头，第一个是正式的写法：疑点规则的、读数时的说法都有编码。"""


MATTER_IN: Final = "@"  # 自评报告里的一处：说的哪件事，后面接着在哪一句
_RULE: Final = 3  # 规则的编码几个字
_OF_PROJECT: Final = "："


def named(department: str, project: str) -> str:
    """评的是谁，给人看的：部门，评项目的连同项目。"""
    return _OF_PROJECT.join(filter(None, (department, project)))


def parted(name: str) -> tuple[str, str]:
    """由 named 的名称分出部门和项目；评部门的没有项目。"""
    department, _, project = name.partition(_OF_PROJECT)
    return department, project


def bounded(text: str, longest: int = LONGEST) -> str:
    """由填报拼成的一段话：太长的写到这里为止，说明还有多少字没有写。"""
    if len(text) <= longest:
        return text
    return f"{text[:longest].rstrip()}……（还有{len(text) - longest}个字，从略）"


def rule_word(code: str) -> str:
    """编码给人看的写法，如 规则K05：不与格的地址（K5）、表上各项的编码（A01）相混。

    别的说法的编码（三位数）不是疑点规则，写 编码C369。上面有“规则”表头的一栏里，只写编码。
    """
    return f"{'规则' if len(code) == _RULE else '编码'}{code}"


class Severity(StrEnum):
    """级别，一级一样要做的事：自相矛盾、缺了、不可能的是错误，须改正；

    属实而可疑、不好的是警告，须说明，在该写的地方说明了就是“已说明”，不再算；其余是提示，供核对。
    """

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"

    @property
    def label(self) -> str:
        """给人看的词。"""
        return _LABELS[self]

    @property
    def duty(self) -> str:
        """要做的事。"""
        return _DUTIES[self]

    @property
    def order(self) -> int:
        """由重到轻的次序。"""
        return list(Severity).index(self)


_LABELS = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTICE: "提示"}
_DUTIES = {Severity.ERROR: "须改正", Severity.WARNING: "须说明", Severity.NOTICE: "供核对"}
EXPLAINED: Final = "已说明"
MISSING: Final = "必填未填"  # 报送表的自查里另数的一种：空着的还说不上对错
FRESH: Final = "把内容复制到一份新的空白表里"  # 自查的公式没有了的，都这样办
DUTIES: Final = (
    f"{'，'.join(f'{one.label}{one.duty}' for one in Severity)}；"
    f"警告在该写的地方写明了原因的是“{EXPLAINED}”，不再算，由复核的人采信或不采信"
)


class Finding(NamedTuple):
    """一条问题；是具名元组，因为要成千上万地在进程间传送。

    `code` 是不变的编码；`message` 说出了什么事（含原值和要求），`remedy` 说怎么办；
    由填报拼成的话先用 `bounded` 限长：粘进来九百行，也不会写出一格装不下的话。
    `file`、`sheet`、`at` 是报送来的文件里的真实位置，没有就空着。
    `explained` 是单位在该写的地方写的说明，只有警告有；写了的就是“已说明”，不再算在警告里。
    `matter` 是自评报告里的一处说的哪件事、在哪一节，数和段号改了也凭它认；别的空着。
    """

    code: str
    severity: Severity
    message: str
    remedy: str
    file: str = ""
    sheet: str = ""
    explained: str = ""
    matter: str = ""
    at: At | None = None

    @property
    def label(self) -> str:
        """级别给人看的词，说明了的是“已说明”。"""
        return EXPLAINED if self.explained else self.severity.label

    @property
    def standing(self) -> Severity:
        """现在还算哪一级：说明了的只供核对。"""
        return Severity.NOTICE if self.explained else self.severity

    @property
    def where(self) -> str:
        """给人看的位置，如 评分表!D4。"""
        if self.at is None:
            return self.sheet
        return f"{self.sheet}!{self.at.a1}"

    def in_file(self, file: str) -> Finding:
        """标明出自哪个文件。"""
        return self if self.file == file else self._replace(file=file)


class Tally(NamedTuple):
    """一批问题：要改正的、还要说明的、供核对的、已经说明的各有几处。"""

    error: int = 0
    warning: int = 0
    notice: int = 0
    explained: int = 0

    def plus(self, other: Tally) -> Tally:
        """两批合起来。"""
        return Tally._make(map(add, self, other))

    @property
    def words(self) -> str:
        """给人看的统计，如 错误 5 处，警告 17 处，提示 30 处；有说明了的再加一句。"""
        counted = zip((one.label for one in Severity), self, strict=False)
        said = [f"{label} {count} 处" for label, count in counted]
        return "，".join(said + ([f"{EXPLAINED} {self.explained} 处"] if self.explained else []))

    @property
    def duties(self) -> str:
        """还要做的事，如 须改正2处，须说明3处；没有的为空串。"""
        open_ones = ((Severity.ERROR, self.error), (Severity.WARNING, self.warning))
        return "，".join(f"{one.duty}{count}处" for one, count in open_ones if count)


NONE_FOUND: Final = Tally()


def tally(findings: Iterable[Finding]) -> Tally:
    """数一批问题。"""
    counts = Counter(EXPLAINED if one.explained else one.severity for one in findings)
    return Tally(**{one.value: counts[one] for one in Severity}, explained=counts[EXPLAINED])


@dataclass(frozen=True, slots=True)
class Message:
    """一种问题的固定说法：编码、级别、句子和办法；句子里的 {名称} 由使用处填入。"""

    code: str
    severity: Severity
    sentence: str
    remedy: str

    def finding(self, place: Place | None = None, *, sheet: str = "", **values: object) -> Finding:
        """填入值，成为一条问题。"""
        return Finding(
            code=self.code,
            severity=self.severity,
            message=bounded(_filled(self.sentence, values)),
            remedy=bounded(_filled(self.remedy, values)),
            sheet=place.sheet if place else sheet,
            at=place.at if place else None,
        )


def _filled(sentence: str, values: dict[str, object]) -> str:
    """填入值；引号里再有引号的，里面的换成单引号。"""
    inner = {
        name: value.translate(_INNER)
        for name in _quoted_names(sentence)
        if isinstance(value := values.get(name), str)
    }
    return sentence.format(**(values | inner))


_INNER = str.maketrans("“”", "‘’")
_QUOTED = re.compile(r"“\{(\w+)\}”")


@lru_cache(maxsize=1024)  # 说法就那么些，一份表要填几十句
def _quoted_names(sentence: str) -> tuple[str, ...]:
    """哪几个值写在引号里。"""
    return tuple(_QUOTED.findall(sentence))
