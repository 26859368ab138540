"""R2xx：版式的说法，表、行、栏对不上时用。"""

from __future__ import annotations

from typing import Final

from xltool.finding import Message, Severity

_RESTORE: Final = "请把内容填入下发的模板后重新报送。"

NOT_OURS: Final = Message(
    "R201",
    Severity.ERROR,
    "这不是绩效自评的报送表：没有版本标识，也找不到评分表",
    _RESTORE,
)
UNKNOWN_SCHEME: Final = Message(
    "R202",
    Severity.ERROR,
    "表的方案是“{found}”，本程序只认得 {expected}",
    "请用本年度下发的模板填报。",
)
OTHER_VERSION: Final = Message(
    "R203",
    Severity.ERROR,
    "模板版本 {found} 与本次 {expected} 不符",
    "请下载本年度的模板，把内容移过去后重新报送。",
)
IDENTITY_LOST: Final = Message(
    "R204",
    Severity.WARNING,
    "版本标识表“{sheet}”不见了，已按表名和表头认作 {scheme}",
    "请核对是不是本年度的模板；以后不要删除隐藏的工作表。",
)
NO_SHEET: Final = Message(
    "R210", Severity.ERROR, "找不到工作表“{name}”", "请从模板里补回这张表，填好后重新报送。"
)
RENAMED_SHEET: Final = Message(
    "R211", Severity.NOTICE, "工作表“{name}”改名为“{found}”，已认出", "不影响读取；请不要改表名。"
)
COPIED_SHEET: Final = Message(
    "R212",
    Severity.WARNING,
    "工作表“{found}”是“{name}”的另一份，没有读取",
    "请只留一份填好的表，删去多余的后重新报送。",
)
HIDDEN_SHEET: Final = Message(
    "R213", Severity.NOTICE, "工作表“{name}”被隐藏，内容照样读取", "请取消隐藏，免得漏看。"
)
EXTRA_SHEET: Final = Message(
    "R214",
    Severity.NOTICE,
    "工作表“{name}”不是模板里的表，没有读取",
    "其中若有要报的内容，请移到相应的表里。",
)
NO_COLUMN: Final = Message(
    "R220", Severity.ERROR, "找不到“{heading}”一栏", "请从模板里复制表头和这一栏，填好后重新报送。"
)
CHANGED_HEADING: Final = Message(
    "R221",
    Severity.WARNING,
    "表头应是“{heading}”，现为“{found}”，仍按“{heading}”读取",
    "请核对这一栏填的是不是“{heading}”，并恢复表头。",
)
MOVED_COLUMN: Final = Message(
    "R222",
    Severity.NOTICE,
    "“{heading}”一栏移到了第 {column} 列，已认出",
    "不影响读取；请不要增删或移动列。",
)
AMBIGUOUS_COLUMN: Final = Message(
    "R223",
    Severity.ERROR,
    "“{heading}”一栏有几处相似（{found}），分不清以哪一栏为准",
    "请删去多余的栏，恢复表头后重新报送。",
)
NO_ROW: Final = Message(
    "R230", Severity.ERROR, "找不到“{code} {label}”一行", "请从模板里补回这一行，填好后重新报送。"
)
CHANGED_ROW: Final = Message(
    "R231",
    Severity.WARNING,
    "这一行应是“{code} {label}”，现为“{found}”，仍按“{label}”读取",
    "请核对这一行填的是不是“{label}”，并恢复原来的文字。",
)
DUPLICATE_ROW: Final = Message(
    "R232",
    Severity.ERROR,
    "编码“{code}”出现了 {count} 次（第 {rows} 行），没有读取",
    "请删去多余的行后重新报送。",
)
BELOW_END: Final = Message(
    "R233",
    Severity.WARNING,
    "“表格结束”之下还有内容“{found}”，没有读取",
    "请把它移到“表格结束”之上；只是备注的可以不管。",
)
OUTSIDE: Final = Message(
    "R234",
    Severity.NOTICE,
    "表格之外有内容“{found}”，没有读取",
    "其中若有要报的内容，请填到表里；误输入的请删去。",
)
MERGED: Final = Message(
    "R240",
    Severity.NOTICE,
    "{area} 被合并，{area} 各行都按“{value}”读取",
    "请取消合并，逐格填写。",
)
MERGED_HIDDEN: Final = Message(
    "R241",
    Severity.ERROR,
    "合并单元格 {area} 下面还藏着“{value}”，没有读取",
    "请取消合并，核对各格的值后重新报送。",
)
HIDDEN_ROWS: Final = Message(
    "R242", Severity.NOTICE, "{rows} 被隐藏而有填报内容，照样读取", "请取消隐藏或筛选，免得漏看。"
)
LOST_FORMULA: Final = Message(
    "R243",
    Severity.WARNING,
    "“{label}”应由公式自动计算，现为“{found}”，没有采用，得分另由程序计算",
    "请从模板恢复公式，不要直接填写得分。",
)
EXTERNAL_LINKS: Final = Message(
    "R250",
    Severity.WARNING,
    "工作簿里有指向别的文件的链接，只读取了上次算出的值",
    "请把引用别的文件的格改成直接填写的数。",
)
MACROS: Final = Message(
    "R251", Severity.NOTICE, "工作簿里有宏，没有运行", "请另存为不带宏的 .xlsx。"
)
