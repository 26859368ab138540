"""一个文件的去向印在行首的记号；查一份、汇总一批，同样的去向同样的记号。"""

from __future__ import annotations

from typing import Final

from xltool.collection.statuses import FileStatus

MARKS: Final = {
    FileStatus.ADOPTED: "√",
    FileStatus.RETURNED: "×",
    FileStatus.PENDING: "●",
    FileStatus.BLANK: "○",
    FileStatus.REPLACED: "→",
    FileStatus.ATTACHED: "＋",
    FileStatus.SKIPPED: "·",
    FileStatus.UNREADABLE: "×",
}
