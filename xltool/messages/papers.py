"""C260 起：公文的模板不能用，退回文件夹里有人改过的东西，通报、报告、导出没有照格里的数。"""

from __future__ import annotations

from typing import Final

from xltool.finding import Message, Severity

_REMEDY: Final = "请用 Word 或 WPS 打开，另存为不带宏的 Word 文档；改坏了的移走，就用随程序带的。"

NOT_DOCX: Final = Message(
    "C260", Severity.ERROR, "公文模板“{file}”不是 Word 文档，或已损坏、带着宏", _REMEDY
)
NO_PLACEHOLDER: Final = Message(
    "C261",
    Severity.ERROR,
    "公文模板“{file}”里一个要填的地方也没有",
    "请写上要填的，如 {example}；全部写法见随程序带的模板。",
)
UNKNOWN_PLACEHOLDER: Final = Message(
    "C262",
    Severity.ERROR,
    "公文模板“{file}”里的 {found} 不认得",
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
# ---------------------------------------------------------------- 退回通知里的几句

REFILL_ATTACHED: Final = "请用附上的空白表“{blank}”重新填写"
FORM_LACKING: Final = "你单位的自评表还没有收到，请填好下发的自评表，与自评报告一起报送。"
REFILL_ISSUED: Final = "请用本年度下发给你单位的空白表重新填写"
REFILL: Final = "{how}，存为 .xlsx 报送，不要在原来的文件上改。"
CORRECT: Final = (
    "请在附件{copies}上直接改正：有颜色的格是有问题的格，改了颜色就没有了；"
    "属实、不用改的，在附件第一张表“{sheet}”的“{column}”栏写明原因。"
)
UNMARKED: Final = (
    "没有附件的，原来的文件不能标注，请照上面写的办法改好后重新报送；"
    "原来的文件打不开、改不好的，用本年度下发给你单位的空白表重新填写。"
)

_OPEN: Final = "不用改；要格里也是新的，用 Excel 或 WPS 打开汇总，另存一次。"

STALE_TOTALS: Final = Message(
    "C300",
    Severity.NOTICE,
    "{count} 个单位的复核得分在汇总里没有结果，或还是旧的（如“{name}”），已照写的复核得分另算",
    _OPEN,
)
STALE_SCORES: Final = Message(
    "C301",
    Severity.NOTICE,
    "{count} 项系统得分在汇总里没有结果，或与写出时不同，已照写出时的得分",
    "系统得分由报送得出，要改的写在“复核得分”；只是没有结果的，不用改。",
)
UNKNOWN_SCORES: Final = Message(
    "C302",
    Severity.WARNING,
    "{count} 项的系统得分核不准是不是写出时的（如“{name}”），照格里的数",
    "请核对这份汇总（见复核手册）；改过的行照原样改回，或重新汇总一次。",
)
UNUSED_VERDICTS: Final = Message(
    "C303",
    Severity.WARNING,
    "{count} 个复核得分不是数，或不在 0 和分值之间，没有用",
    "请看“得分明细”的“核对”一栏，改好再写一次。",
)
OTHER_NAME: Final = Message(
    "C304",
    Severity.NOTICE,
    "“{file}”已有，内容不同，没有覆盖，新的写在“{other}”",
    "请看看哪一份有用，用不着的删去。",
)
BOOK_OTHER_SCHEME: Final = Message(
    "C305",
    Severity.ERROR,
    "汇总用的方案 {found} 现在没有，或已是另一版，不能照它合计",
    "给出汇总时的方案，或用现在的版本重新汇总一次。",
)
NOT_DEPARTMENT: Final = Message(
    "C306",
    Severity.ERROR,
    "“{form}”不是评部门整体支出的表，没有它的报告模板",
    "请给一份自己的模板，写法见填报手册。",
)
