"""核对的结果：每个单位、每个文件怎样，哪些格不同，哪些是人写的。"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.finding import Severity

if TYPE_CHECKING:
    from xltool.collection.saved_rows import SavedRow
    from xltool.collection.verdicts import Other
    from xltool.excel.pristine import Saving
    from xltool.finding import Finding


class UnverifiableError(Exception):
    """不能核对；`remedy` 说怎么办。"""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message: Final = message
        self.remedy: Final = remedy


class Fate(StrEnum):
    """一个单位（或一个文件）核对得怎样。"""

    PROVEN = "proven"
    DIFFERENT = "different"
    MISSING = "missing"
    CHANGED = "changed"
    OTHER_SCHEME = "other_scheme"

    @property
    def label(self) -> str:
        """给人看的词。"""
        return _LABELS[self]


_LABELS = {
    Fate.PROVEN: "相符",
    Fate.DIFFERENT: "不符",
    Fate.MISSING: "文件不在",
    Fate.CHANGED: "文件已变",
    Fate.OTHER_SCHEME: "方案版本不同",
}


class Difference(NamedTuple):
    """一处不同：说法，和它在哪个单位（单位序号）、哪个文件的那一行；都没有的是整本的。"""

    finding: Finding
    number: str = ""
    file: str = ""


class UnitProof(NamedTuple):
    """一个采用了报送的单位：序号、名称、它的文件、书里的总分和等级、核对得怎样、哪里不同。"""

    number: str
    name: str
    file: str
    total: str
    grade: str
    fate: Fate
    findings: tuple[Finding, ...]


class LowerProof(NamedTuple):
    """并入的一本下级的汇总：文件、由它得出的有几个单位、核对得怎样、哪里不同。"""

    file: str
    units: int
    fate: Fate
    findings: tuple[Finding, ...]


class Remark(NamedTuple):
    """复核人写的一条；`carried` 是由上一份汇总带来、这一份里没有再写过的。"""

    row: SavedRow
    carried: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """一份汇总核对的结果。

    `edited` 是写出以后格里的内容改过没有，指纹没有记着、说不准的为空；
    `findings` 是不属于哪一个单位的；
    `remarks` 是复核人在该写的地方写的，`added` 是另添的栏、行、字和批注。
    """

    sha256: str
    program: str
    schemes: tuple[str, ...]
    folder: str
    saving: Saving
    edited: bool | None
    files: int
    units: tuple[UnitProof, ...]
    lower: tuple[LowerProof, ...]
    findings: tuple[Finding, ...]
    remarks: tuple[Remark, ...]
    added: tuple[Other, ...]

    @property
    def proven(self) -> bool:
        """每个单位都相符，整本的也没有不同。"""
        parts: tuple[UnitProof | LowerProof, ...] = (*self.units, *self.lower)
        every = (*self.findings, *(one for part in parts for one in part.findings))
        same = all(part.fate is Fate.PROVEN for part in parts)
        return same and all(one.severity is Severity.NOTICE for one in every)
