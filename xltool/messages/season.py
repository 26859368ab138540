"""C19x：一季的工作文件夹：名单工作簿里“设置”一张表写得不对的。"""

from __future__ import annotations

from typing import Final

from xltool.finding import Message, Severity

HEADER: Final = Message(
    "C190",
    Severity.ERROR,
    "“{name}”的前 {rows} 行里找不到表头“{label}”和“{value}”",
    "请改回这两个表头；改乱了的，在空文件夹里另建一份，照着抄。",
)
UNKNOWN: Final = Message(
    "C191",
    Severity.WARNING,
    "没有“{found}”这一项设置{nearest}，没有用它",
    "请改成第一栏原来的写法；自己的备注写在表的右边。",
)
REPEATED: Final = Message(
    "C192",
    Severity.ERROR,
    "“{label}”写了两行，第 {row} 行也是，不知道用哪一行",
    "请删去一行，或清空一行的“填写”。",
)
BAD_VALUE: Final = Message(
    "C193",
    Severity.ERROR,
    "“{label}”填的“{found}”读不懂，应填{expected}{nearest}",
    "请改填{expected}；不用这一项的，清空这一格。",
)
NO_SUCH_PATH: Final = Message(
    "C194",
    Severity.ERROR,
    "“{label}”填的“{found}”找不到",
    "请核对名称和位置：不写盘符的，从名单所在的文件夹算起；不用这一项的，清空这一格。",
)
TOO_EARLY: Final = Message(
    "C195",
    Severity.WARNING,
    "“{label}”{day} 早于“{other}”{limit}",
    "请核对这两个日期。",
)
SAME_PLACE: Final = Message(
    "C196",
    Severity.ERROR,
    "“{label}”和“{other}”是同一个位置，或一个在另一个里面（“{found}”）",
    "请改成互不相干的文件夹：收来的和写出的不能放在一起。",
)
