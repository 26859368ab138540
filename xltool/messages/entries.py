"""V15x：填报的格：必填未填、公式没有结果、不在列表里、超出范围，和读的时候做的换算。"""

from __future__ import annotations

from typing import Final

from xltool.finding import Message, Severity

ERROR_VALUE: Final = Message(
    "V150",
    Severity.ERROR,
    "“{label}”是错误值 {raw}，应填{expected}",
    "请改正公式或直接填写结果。",
)
NO_RESULT: Final = Message(
    "V151",
    Severity.ERROR,
    "“{label}”是公式但没有计算结果，应填{expected}",
    "请用 Excel 或 WPS 打开、保存后重新报送，或直接填写结果。",
)
FORMULA: Final = Message(
    "V152",
    Severity.NOTICE,
    "“{label}”填的是公式，按它上次算出的“{raw}”读取",
    "请核对结果；能直接填写的不要用公式。",
)
WRONG_KIND: Final = Message(
    "V153", Severity.ERROR, "“{label}”填的是{found}“{raw}”，应填{expected}", "请改填{expected}。"
)
NOT_IN_LIST: Final = Message(
    "V154",
    Severity.ERROR,
    "“{label}”填的“{raw}”不在列表里，应为 {expected}",
    "请从下拉列表里选{suggestion}。",
)
ALIAS: Final = Message(
    "V155", Severity.NOTICE, "“{label}”填的“{raw}”{how}", "核对读法，无误则不必改。"
)
OUT_OF_RANGE: Final = Message(
    "V156",
    Severity.ERROR,
    "“{label}”填的 {raw} 超出范围，应{expected}",
    "请核对后改正。",
)
NOT_INTEGER: Final = Message("V157", Severity.ERROR, "“{label}”填的 {raw} 不是整数", "请填整数。")
PERCENT_GUESSED: Final = Message(
    "V158",
    Severity.WARNING,
    "“{label}”填的 {raw} 没有百分号，按 {value} 读取",
    "请核对；把单元格设为百分比格式再填，如 {value}。",
)
PERCENT_READ: Final = Message(
    "V159", Severity.NOTICE, "“{label}”填的 {raw} 按 {value} 读取", "核对读法，无误则不必改。"
)
DATE_AS_NUMBER: Final = Message(
    "V160",
    Severity.NOTICE,
    "“{label}”是数字 {raw}，按日期 {value} 读取",
    "请把单元格设为日期格式。",
)
DIGITS_LOST: Final = Message(
    "V161",
    Severity.WARNING,
    "“{label}”的数字 {raw} 超过 15 位，末几位可能已丢失",
    "编码、号码请先把单元格设为文本格式再填。",
)
DATE_AS_TEXT: Final = Message(
    "V162",
    Severity.NOTICE,
    "“{label}”在文件里存成了日期，按“{value}”读取",
    "请核对；原来写的是年月或分数的，先把单元格设为文本格式再填。",
)
NOT_APPLICABLE: Final = Message(
    "V163", Severity.NOTICE, "“{label}”填的“{raw}”按没有填读取", "核对读法，无误则不必改。"
)
NUMBER_NEEDED: Final = Message(
    "V164",
    Severity.ERROR,
    "“{label}”填的“{raw}”不是数，应填{expected}",
    "没有发生的填 0；确实不适用的，在说明里写明原因。",
)
TEXT_NUMBER: Final = Message(
    "V165",
    Severity.NOTICE,
    "“{label}”填的“{raw}”存成了文字，已按数读取",
    "请把单元格设为数值格式后重新输入；文字形式的数，表内的公式不计。",
)
PERCENT_FORMAT: Final = Message(
    "V166",
    Severity.WARNING,
    "“{label}”的单元格是百分比格式，显示为 {raw}，按 {value} 读取",
    "请把单元格改为数值格式，核对后重新填写。",
)
SCALED: Final = Message(
    "V180",
    Severity.ERROR,
    "“{label}”显示为“{shown}”，文件里存的是 {stored}：按显示的 {value} 读取，表内的公式照存的数算",
    "请把单元格改为常规或数值格式，直接填 {value}。",
)
SCALED_UNREAD: Final = Message(
    "V181",
    Severity.ERROR,
    "“{label}”显示为“{shown}”，文件里存的是 {stored}，分不清以哪一个为准，没有采用",
    "请把单元格改为常规或数值格式，按表上印的单位重新填写。",
)
HIDDEN_DIGITS: Final = Message(
    "V182",
    Severity.WARNING,
    "“{label}”显示为“{shown}”，文件里存的是 {stored}，按存的读取",
    "请把单元格改为常规格式，核对显示的数后再报送。",
)
ROUNDED: Final = Message(
    "V191",
    Severity.NOTICE,
    "“{label}”显示、打印为“{shown}”，填的是 {stored}，按填的读取和计算",
    "请核对；万元数保留两位小数，不止两位的改成印出来的数。",
)
SHOWN_TEXT: Final = Message(
    "V183",
    Severity.NOTICE,
    "“{label}”在文件里存的是数 {stored}，按显示的“{shown}”读取",
    "请核对；编码、号码请先把单元格设为文本格式再填。",
)
RATIO: Final = "写成“1比19”，不写1:19，目标也照样写，选达成情况；或都只填一个数"
"""键入1:19，Excel 存成1点19分。"""
TIME_AS_TEXT: Final = Message(
    "V184",
    Severity.NOTICE,
    "“{label}”在文件里存成了时刻，按“{value}”读取",
    f"请核对；原来写的是比例的，{RATIO}；先把单元格设为文本格式再填。",
)
SMALL_DATE: Final = Message(
    "V221",
    Severity.ERROR,
    "“{label}”的单元格是日期格式，填的数 {stored} 成了{shown}，分不清要报的是数还是日期，没有采用",
    "请把单元格改为常规格式，重新填写；填的是日期的写全年月日。",
)
STRUCK: Final = Message(
    "V185",
    Severity.WARNING,
    "“{label}”里划掉了“{struck}”，按没有划掉的“{visible}”读取",
    "请删去划掉的字，只留要报的内容。",
)
STRUCK_CELL: Final = Message(
    "V186",
    Severity.WARNING,
    "“{label}”填的“{raw}”整格划掉了，按没有填读取",
    "不报的请清空这一格；要报的请去掉删除线。",
)
RAISED: Final = Message(
    "V187",
    Severity.WARNING,
    "“{label}”里的“{raised}”是上标或下标，按其余的“{visible}”读取",
    "请删去注释的标号；要说明的写到说明栏。",
)
PICTURE: Final = Message(
    "V188",
    Severity.ERROR,
    "“{label}”里是图片，程序读不了，没有采用",
    "请删去图片，写上{expected}；材料是图片的，写材料的名称，图片另附。",
)
COMPLETION_RATE: Final = Message(
    "V189",
    Severity.ERROR,
    "“{label}”填的“{raw}”是完成了多少，不是“{title}”达到的水平，没有采用",
    "请填实际达到的数，如 {example}；完成情况写到说明栏。",
)
DOUBTFUL_SIZE: Final = Message(
    "V190",
    Severity.WARNING,
    "“{label}”填的 {raw} 是 {raw} 万元，还是 {raw} 元（{converted} 万元）；{why}",
    "请核对单位：表上是万元，填的是元的请改为 {converted}。",
)
WEIGHTS: Final = Message(
    "V220",
    Severity.ERROR,
    "各指标分值合计 {rows} 分，{others}共 {total} 分，应为 {full} 分",
    "请核对各指标的分值，使合计等于 {full} 分；合计不对的不能计分。",
)
TOO_LONG: Final = Message(
    "V222",
    Severity.NOTICE,
    "“{label}”写了{count}字{breaks}，格里印得下{room}字",
    "全文印在“{page}”，照那里写的一并打印；没有“{page}”的（早先下发的表），请精简，或另附页。",
)
MISSING: Final = Message("V170", Severity.ERROR, "“{label}”没有填{count}", "请{how}。")
NOT_COUNTED: Final = Message(
    "V171",
    Severity.ERROR,
    "第 {code} 项“{title}”不能计分：{why}",
    "请补齐所缺的内容；为0的请核对，不再有的清除那一行。得分会自动算出。",
)
TOO_FEW: Final = Message(
    "V172",
    Severity.ERROR,
    "“{name}”至少填 {least} 行，现填了 {count} 行",
    "请补填；确实没有这么多的，请问财政部门怎样填。",
)
