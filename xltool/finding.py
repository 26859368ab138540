"""问题：一处事实、一句话、一个办法，带着所在的文件、工作表和单元格。"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from xltool.address import At, Place


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

    `code` 是不变的编码；`message` 说出了什么事（含原值和要求），`remedy` 说怎么办。
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
            message=_filled(self.sentence, values),
            remedy=_filled(self.remedy, values),
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
