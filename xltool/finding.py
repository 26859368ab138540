"""问题：一处事实、一句话、一个办法，带着所在的文件、工作表和单元格。"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from xltool.address import At, Place


LONGEST: Final = 3_000
"""由填报拼成的一段话最多几个字：几段接在一格里，也装得下（32,767）。"""


LONGEST_NAME: Final = 250  # 名称；再长的不是名称，是粘错了的


def bounded(text: str, longest: int = LONGEST) -> str:
    """由填报拼成的一段话：太长的写到这里为止，说明还有多少字没有写。"""
    if len(text) <= longest:
        return text
    return f"{text[:longest].rstrip()}……（还有{len(text) - longest}个字，从略）"


class Severity(StrEnum):
    """级别：错误必须退回改正，警告须说明，提示供参考。"""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"

    @property
    def label(self) -> str:
        """给人看的词。"""
        return _LABELS[self]

    @property
    def order(self) -> int:
        """由重到轻的次序。"""
        return list(Severity).index(self)


_LABELS = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTICE: "提示"}


class Finding(NamedTuple):
    """一条问题；是具名元组，因为要成千上万地在进程间传送。

    `code` 是不变的编码；`message` 说出了什么事（含原值和要求），`remedy` 说怎么办；
    由填报拼成的话先用 `bounded` 限长：粘进来九百行，也不会写出一格装不下的话。
    `file`、`sheet`、`at` 是报送来的文件里的真实位置，没有就空着。
    """

    code: str
    severity: Severity
    message: str
    remedy: str
    file: str = ""
    sheet: str = ""
    at: At | None = None

    @property
    def where(self) -> str:
        """给人看的位置，如 评分表!D4。"""
        if self.at is None:
            return self.sheet
        return f"{self.sheet}!{self.at.a1}"

    def in_file(self, file: str) -> Finding:
        """标明出自哪个文件。"""
        return self._replace(file=file)


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
        name: value.translate(_INNER) if f"“{{{name}}}”" in sentence else value
        for name, value in values.items()
        if isinstance(value, str)
    }
    return sentence.format(**(values | inner))


_INNER = str.maketrans("“”", "‘’")
