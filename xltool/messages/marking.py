"""R15x：退回件（标注了问题的副本）：改动了什么、带不走什么、为什么没有写。"""

from __future__ import annotations

from typing import Final

from xltool.finding import Message, Severity

ACTIVE_FORMULA: Final = Message(
    "R151",
    Severity.WARNING,
    "公式“{formula}”会打开网址或别的程序，退回件里改成了文字",
    "请直接填数或文字，不要用这样的公式。",
)
LINKED_FORMULA: Final = Message(
    "R152",
    Severity.NOTICE,
    "公式“{formula}”取别的文件里的数，退回件里换成了原来的结果",
    "请核对这一格的内容。",
)
PICTURE_TEXT: Final = "（图片：没有带进退回件，见原件）"
PICTURE_LEFT_OUT: Final = Message(
    "R262",
    Severity.NOTICE,
    "这一格的图片带不进退回件，退回件里写成了“{text}”",
    "图片还在原件里；请把这几个字改成材料的名称。",
)
LEFT_OUT: Final = Message(
    "R153",
    Severity.NOTICE,
    "原文件里的{what}没有带进退回件",
    "不影响填报；还要用的，请在原文件上改。",
)
CANNOT_MARK: Final = Message(
    "R154",
    Severity.ERROR,
    "另存退回件所用的程序读不了这份文件，没有写退回件",
    "请照印出的问题通知单位；也可以用 Excel 或 WPS 打开另存为 .xlsx 后再标注。",
)
TOO_LONG: Final = Message(
    "R155",
    Severity.ERROR,
    "标注用了 {seconds} 秒还没有完，没有写退回件",
    "请照印出的问题通知单位。",
)
NOT_FAITHFUL: Final = Message(
    "R156",
    Severity.ERROR,
    "另存会改变 {where} 的内容，没有写退回件",
    "请照印出的问题通知单位；也可以用 Excel 或 WPS 打开另存为 .xlsx 后再标注。",
)
CHANGED_MEANWHILE: Final = Message(
    "R157", Severity.ERROR, "检查之后文件又改动了，没有写退回件", "请重新检查。"
)
