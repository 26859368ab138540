"""C260 起：退回通知的模板不能用，和退回文件夹里有人改过的东西。"""

from __future__ import annotations

from typing import Final

from xltool.finding import Message, Severity

_REMEDY: Final = "请用 Word 或 WPS 打开，另存为不带宏的 Word 文档；改坏了的移走，就用随程序带的。"

NOT_DOCX: Final = Message(
    "C260", Severity.ERROR, "退回通知的模板“{file}”不是 Word 文档，或已损坏、带着宏", _REMEDY
)
NO_PLACEHOLDER: Final = Message(
    "C261",
    Severity.ERROR,
    "退回通知的模板“{file}”里一个要填的地方也没有",
    "请写上要填的，如 {example}；全部写法见随程序带的模板。",
)
UNKNOWN_PLACEHOLDER: Final = Message(
    "C262",
    Severity.ERROR,
    "退回通知的模板“{file}”里的 {found} 不认得",
    "可以写的有 {known}。",
)
EDITED_KEPT: Final = Message(
    "C263",
    Severity.NOTICE,
    "“{file}”有人改过，没有覆盖，新的写在“{other}”",
    "请看看哪一份有用，用不着的删去。",
)
NOT_NEEDED_KEPT: Final = Message(
    "C264",
    Severity.NOTICE,
    "“{file}”用不着了，有人改过，没有删",
    "不再要的请自己删去。",
)
