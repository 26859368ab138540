"""文件的去向和单位的报送情况：程序用的词和给人看的词。"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from xltool.finding import Tally


class FileStatus(StrEnum):
    """一个文件的去向。"""

    ADOPTED = "adopted"
    RETURNED = "returned"
    PENDING = "pending"
    BLANK = "blank"
    REPLACED = "replaced"
    ATTACHED = "attached"
    SKIPPED = "skipped"
    UNREADABLE = "unreadable"

    @property
    def label(self) -> str:
        """给人看的词。"""
        return _FILE_LABELS[self]


RESEND: Final = frozenset({FileStatus.RETURNED, FileStatus.UNREADABLE})
"""要单位重新报送的去向。"""
_FILE_LABELS = {
    FileStatus.ADOPTED: "采用",
    FileStatus.RETURNED: "退回",
    FileStatus.PENDING: "重复待确认",
    FileStatus.BLANK: "没有填报",
    FileStatus.REPLACED: "被替代",
    FileStatus.ATTACHED: "自评报告",
    FileStatus.SKIPPED: "跳过",
    FileStatus.UNREADABLE: "不能读",
}


def state_words(status: FileStatus, problems: Tally) -> str:
    """一个文件现在怎样，如 采用，须改正2处，须说明3处；到处都这样说。"""
    duties = problems.duties if status is FileStatus.ADOPTED else ""
    return f"{status.label}，{duties}" if duties else status.label


class UnitStatus(StrEnum):
    """一个单位的报送情况。"""

    REPORTED = "reported"
    RETURNED = "returned"
    PENDING = "pending"
    PARTIAL = "partial"  # 应报几份的单位，报了一部分；一份一行的表里没有
    ABSENT = "absent"
    ZERO = "zero"
    EXEMPT = "exempt"  # 名单上写了免报而没有报来的，不在应报里
    EXTRA = "extra"  # 名单上的单位多报的一份；一个单位合起来的没有
    UNLISTED = "unlisted"

    @property
    def label(self) -> str:
        """给人看的词。"""
        return _UNIT_LABELS[self]


OWED: Final = (
    UnitStatus.REPORTED,
    UnitStatus.PARTIAL,
    UnitStatus.RETURNED,
    UnitStatus.PENDING,
    UnitStatus.ABSENT,
    UnitStatus.ZERO,
)
"""应报的各种状态，照说的次序；加起来就是应报。"""
_UNIT_LABELS = {
    UnitStatus.REPORTED: "已报",
    UnitStatus.RETURNED: "退回",
    UnitStatus.PENDING: "重复待确认",
    UnitStatus.PARTIAL: "未报齐",
    UnitStatus.ABSENT: "未报",
    UnitStatus.ZERO: "零报送",
    UnitStatus.EXEMPT: "免报",
    UnitStatus.EXTRA: "多报",
    UnitStatus.UNLISTED: "名单外",
}


class Due(StrEnum):
    """一份在不在应报里；没有名单的不知道，空着。写在汇总里给通报看，值就是写的字。"""

    UNKNOWN = ""
    OWED = "应报"
    OTHER_FORM = "应报，表种不对"
    EXTRA = "多报"
    EXEMPT = "免报"
    UNLISTED = "名单外"

    @property
    def owed(self) -> bool:
        """在应报里。"""
        return self in (Due.OWED, Due.OTHER_FORM)
