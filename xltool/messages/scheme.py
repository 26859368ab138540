"""G1xx：方案工作簿：找不到的表和栏、读不成的格、对不上的内容。"""

from __future__ import annotations

from typing import Final

from xltool.finding import Message, Severity

_EXPORT_AGAIN: Final = "请重新导出方案工作簿，把改动移过去。"

NOT_OURS: Final = Message(
    "G101",
    Severity.ERROR,
    "这不是方案工作簿：找不到“{first}”和“{second}”两张表",
    "请先导出一份方案工作簿，在它上面改。",
)
NO_TABLE: Final = Message("G102", Severity.ERROR, "找不到工作表“{name}”", _EXPORT_AGAIN)
NO_COLUMN: Final = Message(
    "G103", Severity.ERROR, "找不到“{heading}”一栏", "请恢复这一栏的表头；栏删去了的，请重新导出。"
)
TWICE: Final = Message(
    "G104",
    Severity.ERROR,
    "“{heading}”一栏有两处，另一处在第 {column} 列，分不清以哪一栏为准",
    "请删去多余的一栏。",
)
EXTRA_COLUMN: Final = Message(
    "G105", Severity.NOTICE, "“{heading}”不是方案的栏，没有读取", "只是自己记的，不必管。"
)
EXTRA_SHEET: Final = Message(
    "G106", Severity.NOTICE, "工作表“{name}”不是方案的表，没有读取", "只是自己记的，不必管。"
)
RENAMED: Final = Message(
    "G107",
    Severity.NOTICE,
    "工作表“{name}”改名为“{found}”，已按表头认出",
    "不影响读取；请不要改表名。",
)
NO_HEADER: Final = Message("G128", Severity.ERROR, "工作表“{name}”的表头找不到", _EXPORT_AGAIN)
MERGED: Final = Message(
    "G108", Severity.ERROR, "{area} 被合并，分不清各行各栏写的是什么", "请取消合并，逐格填写。"
)
TOO_MANY_ROWS: Final = Message(
    "G109",
    Severity.ERROR,
    "有 {count} 行内容，超过了 {limit} 行，这一行起没有读取",
    "请核对是不是误粘贴，删去多余的行。",
)

BLANK: Final = Message("G110", Severity.ERROR, "“{label}”没有填，应填{expected}", "请填写。")
NOT_NUMBER: Final = Message(
    "G111", Severity.ERROR, "“{label}”填的“{raw}”不是{expected}", "请只填{expected}，不带别的字。"
)
NOT_INTEGER: Final = Message(
    "G112", Severity.ERROR, "“{label}”填的 {raw} 不是整数", "请填不小于 0 的整数。"
)
NEEDS_PERCENT: Final = Message(
    "G113",
    Severity.ERROR,
    "“{label}”应是百分数，填的 {raw} 没有百分号，分不清是 {raw}% 还是 {percent}",
    "请连同百分号填写，如 {raw}%。",
)
NO_PERCENT: Final = Message(
    "G114",
    Severity.ERROR,
    "“{label}”不是百分数，单元格却是百分比格式，显示为 {raw}",
    "请把单元格改为常规格式，重新填写；确是百分数的，把单位或类型改过来。",
)
NOT_IN_LIST: Final = Message(
    "G115",
    Severity.ERROR,
    "“{label}”填的“{raw}”不认得，应为 {expected}",
    "请从下拉列表里选{suggestion}。",
)
NO_ORIGIN: Final = Message(
    "G116",
    Severity.ERROR,
    "“{label}”没有写明来源，现为“{raw}”，应以 {expected} 之一开头并写出内容",
    "有文件的写 文号，从自评报告看来的写 报告，照别处同类表推的写 重建，自己定的写 假设。",
)
NOT_KEY: Final = Message(
    "G117",
    Severity.ERROR,
    "“{label}”填的“{raw}”不能作标识，应{expected}",
    "请改成英文的标识，如 {example}。",
)
NOT_CODE: Final = Message(
    "G118", Severity.ERROR, "“{label}”填的“{raw}”里有空格或换行，应是一个编码", "请去掉空格和换行。"
)
NOT_REF: Final = Message(
    "G119", Severity.ERROR, "“{label}”填的“{raw}”不是“表.项”的写法", "请照“字段”的“引用”一栏写。"
)
ERROR_VALUE: Final = Message(
    "G120", Severity.ERROR, "“{label}”是错误值 {raw}，应填{expected}", "请直接填写，不要用公式。"
)
NO_RESULT: Final = Message(
    "G121",
    Severity.ERROR,
    "“{label}”是公式但没有计算结果，应填{expected}",
    "请直接填写；要用公式的，用 Excel 或 WPS 打开存一次。",
)
FORMULA: Final = Message(
    "G122",
    Severity.NOTICE,
    "“{label}”填的是公式，按它上次算出的“{raw}”读取",
    "请核对结果；能直接填写的不要用公式。",
)
WRONG_KIND: Final = Message(
    "G123", Severity.ERROR, "“{label}”填的是{found}“{raw}”，应填{expected}", "请改填{expected}。"
)
NUMBER_AS_TEXT: Final = Message(
    "G124",
    Severity.NOTICE,
    "“{label}”填的是数 {raw}，已按文字读取",
    "请核对：开头的 0 和末尾的 0 存成数就丢了；要保留的，先把单元格设为文本格式再填。",
)
SEVERAL_IN_LINE: Final = Message(
    "G125",
    Severity.WARNING,
    "“{label}”的“{raw}”里有顿号或逗号，已按一个词读取",
    "是几个词的，请在格里一行写一个（按 Alt+Enter 换行）。",
)
DIGITS_LOST: Final = Message(
    "G126",
    Severity.ERROR,
    "“{label}”的数字 {raw} 超过 15 位，末几位可能已丢失",
    "请先把单元格设为文本格式再填。",
)

NORMALISED: Final = Message(
    "G127", Severity.NOTICE, "“{label}”的“{raw}”已按“{value}”读取", "核对读法，无误则不必改。"
)

REPEATED: Final = Message(
    "G130",
    Severity.ERROR,
    "“{label}”的“{raw}”与第 {row} 行重复",
    "请改成不同的，或删去多余的一行。",
)
NO_SUCH: Final = Message(
    "G131",
    Severity.ERROR,
    "“{label}”写的“{raw}”在“{where}”里没有",
    "请核对拼写{suggestion}；“{where}”里删去了的，这里也删去或改写，还要用的先在那里补上。",
)
UNLIKE: Final = Message(
    "G132",
    Severity.ERROR,
    "“{label}”与第 {row} 行不同，同一个“{owner}”要一样",
    "请改成一样，或只在第一行写。",
)
GAP: Final = Message(
    "G133",
    Severity.ERROR,
    "“{raw}”的序号不连续，前面应有“{expected}”",
    "请补上缺的，或改正序号。",
)
NO_PARAMETER: Final = Message(
    "G134",
    Severity.ERROR,
    "“{raw}”不是计分办法的参数",
    "请照“词表”里这个办法的参数写{suggestion}。",
)
NO_SETTING: Final = Message(
    "G135", Severity.ERROR, "找不到“{label}”一行", "请补回这一行，或重新导出。"
)
ODD_SETTING: Final = Message(
    "G136", Severity.WARNING, "“{raw}”不是方案的项目，没有读取", "请核对项目的名称；不要的请删去。"
)
NO_RULE: Final = Message(
    "G137",
    Severity.ERROR,
    "没有疑点规则“{raw}”，这个参数用不上",
    "请核对疑点编码；不要的请删去这一行。",
)
NO_POINTS: Final = Message(
    "G138", Severity.ERROR, "写了编码而没有写分值", "请填写这种分法里的分值。"
)
OTHER_UNIT: Final = Message(
    "G139",
    Severity.ERROR,
    "单位写的是“{raw}”，这个参数的单位应是“{expected}”",
    "请改正单位，并核对值。",
)

SHIPPED_ID: Final = Message(
    "G140",
    Severity.ERROR,
    "标识“{raw}”是随程序带的方案，内容改了，不能再用这个标识",
    "请换一个标识，如 {suggestion}。",
)
UNCHANGED: Final = Message(
    "G141",
    Severity.WARNING,
    "标识和内容都与随程序带的“{raw}”相同，写出的文件与它重复，不能另给",
    "要作新的方案，请换一个标识，如 {suggestion}。",
)
OTHER_YEAR: Final = Message(
    "G142",
    Severity.WARNING,
    "“{label}”写着“{raw}”，而评价年度是 {year}",
    "请核对标题里的年度。",
)
FAULT: Final = Message(
    "G150", Severity.ERROR, "{subject}不合要求：{message}", "请改正这一格，或与它有关的格。"
)
NO_SHARED: Final = Message(
    "G153",
    Severity.ERROR,
    "{reason}要用参数“{key}”，表里没有",
    "请改回它的标识，或在末尾补一行；值和来源可以参照导出的方案。",
)
CANNOT_PRINT: Final = Message(
    "G152", Severity.ERROR, "照这个方案生成不了评分表：{reason}", "请改短或改写有关的文字。"
)
