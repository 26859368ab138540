"""R2xx：版式：用的是不是这个方案的表，表、行、栏对不对得上，改动、合并、隐藏了什么。"""

from __future__ import annotations

from typing import Final

from xltool.finding import FRESH, Message, Severity

_RESTORE: Final = "请把内容填入下发的模板后重新报送。"

NOT_OURS: Final = Message(
    "R201",
    Severity.ERROR,
    "这不是绩效自评的报送表：没有版本标识，也找不到评分表",
    _RESTORE,
)
IS_COLLECTED: Final = Message(
    "R205",
    Severity.ERROR,
    "这是汇总，不是一个单位填报的表",
    "要查、要计分的，请给单位报来的那一份；汇总用 xltool verify 核对，用 xltool report 写通报，"
    "用 xltool export 取数，填的复核意见再执行一次 xltool collect 就带过来。",
)
UNKNOWN_SCHEME: Final = Message(
    "R202",
    Severity.ERROR,
    "表的方案是“{found}”，本程序只认得 {expected}",
    "请用本年度下发的模板填报，填好了的旧表用 xltool migrate 移过去；"
    "用的是另给的新方案的，读的时候加 --schemes 给出它。",
)
OTHER_VERSION: Final = Message(
    "R203",
    Severity.ERROR,
    "模板版本 {found} 与本次 {expected} 不符",
    "请用本年度的模板填报；填好了的不用重抄，用 xltool migrate 移到本年度的表，看过清单再报送。",
)
IDENTITY_LOST: Final = Message(
    "R204",
    Severity.WARNING,
    "版本标识表“{name}”不见了，已按表名和表头认作 {scheme}",
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
COPY_DIFFERS: Final = Message(
    "R215",
    Severity.ERROR,
    "工作表“{found}”是“{name}”的另一份，内容不同（如 {address}），只读取了“{name}”",
    "请核对以哪一份为准，只留一份填好的表后重新报送。",
)
TWO_FORMS: Final = Message(
    "R217",
    Severity.ERROR,
    "有两份内容不同的“{name}”：“{chosen}”和“{found}”（如 {address}），不能替填报人选，没有读取",
    "请核对以哪一份为准，只留一份填好的表后重新报送。",
)
NO_OWN_SHEET: Final = Message(
    "R216", Severity.NOTICE, "找不到工作表“{name}”，不影响读取", "请不要删除模板里的工作表。"
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
EXTRA_COLUMN: Final = Message(
    "R224",
    Severity.WARNING,
    "第 {column} 列“{heading}”不是模板里的栏，其中{count}“{found}”没有读取",
    "其中若有要报的内容，请移到模板的栏里；不要的请删去这一列。",
)
NO_CODES: Final = Message(
    "R225",
    Severity.NOTICE,
    "“{heading}”一栏不见了，已按印好的文字和位置认出各行",
    "请从模板里恢复这一栏；以后不要删除。",
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
    "要报的内容请移到“表格结束”之上；只是备注的可以不管。",
)
OUTSIDE: Final = Message(
    "R234",
    Severity.NOTICE,
    "表格之外有内容“{found}”{far}，没有读取",
    "其中若有要报的内容，请填到表里；误输入的请删去。",
)
EXTRA_ROW: Final = Message(
    "R235",
    Severity.WARNING,
    "这一行不是模板里的行，填的“{found}”没有读取",
    "要报的内容请移到模板的行里；不要的请删去这一行。",
)
TORN_ROW: Final = Message(
    "R236",
    Severity.ERROR,
    "编码“{code}”在第 {row} 行，项目“{label}”却在第 {other} 行，分不清以哪一行为准，没有读取",
    "请恢复编码和项目的原来位置，核对所填内容后重新报送。",
)
NO_END: Final = Message(
    "R237",
    Severity.NOTICE,
    "找不到“{mark}”一行，读到第 {row} 行为止",
    "请从模板里补回这一行；记录都写在它之上。",
)
BEYOND_CAPACITY: Final = Message(
    "R300",
    Severity.NOTICE,
    "这张表备好{capacity}行，另插入了{count}行，从这一行起；照样读取、计分，只是表上没有自动计算和自查",
    "先把备好的行用完（隐藏的取消隐藏）；还不够的不必改，请告诉财政部门多备几行。",
)
DUPLICATE_NUMBER: Final = Message(
    "R238",
    Severity.NOTICE,
    "序号“{code}”出现了 {count} 次（第 {rows} 行），各读作一条",
    "请核对是不是重复的记录，并改正序号。",
)
TOO_MANY_ROWS: Final = Message(
    "R239",
    Severity.ERROR,
    "有 {count} 行内容，超过了 {limit} 行，这一行起没有读取",
    "请核对是不是误粘贴，删去多余的行后重新报送。",
)
MERGED: Final = Message(
    "R240",
    Severity.NOTICE,
    "{area} 被合并，各行都按“{value}”读取",
    "请取消合并，逐格填写。",
)
MERGED_CELLS: Final = Message(
    "R244",
    Severity.WARNING,
    "{area} 被合并，只有第一格读到“{value}”，其余各格按空白读取",
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
    "“{label}”应由模板的公式自动计算，现为“{found}”，没有采用，另由程序计算",
    "刚改的请撤销；撤销不了的，把填的内容复制到一份新的空白表里再报。灰格不要填写；"
    "填报格不要剪切，要移动请复制后再清除。",
)
PRINTED_CHANGED: Final = Message(
    "R245",
    Severity.NOTICE,
    "印好的“{expected}”改成了“{found}”，没有采用",
    "请恢复原来的文字；要说明的内容请写到说明栏。",
)
POINTS_CHANGED: Final = Message(
    "R246",
    Severity.WARNING,
    "“{label}”的分值应是 {expected}，现为“{found}”，没有采用，按方案计分",
    "请恢复模板的分值。",
)
PARAMETER_CHANGED: Final = Message(
    "R247",
    Severity.WARNING,
    "评分参数“{label}”应是 {expected}，现为“{found}”，没有采用，按方案计分",
    "请恢复模板的评分参数。",
)
OPTION_CHANGED: Final = Message(
    "R248",
    Severity.WARNING,
    "选项“{expected}”改成了“{found}”，没有采用",
    "请恢复模板的选项，并从列表里重新选择。",
)
REVIEW_FILLED: Final = Message(
    "R249",
    Severity.WARNING,
    "“{heading}”由财政部门填写，填的“{found}”没有采用",
    "请清空这一格；要说明的内容请写到“扣分原因和其他说明”。",
)
DEAD_SELF_CHECK: Final = Message(
    "R263",
    Severity.NOTICE,
    "“自查”有{count}行的公式没有了或算不出，表上说的几处、可不可以报送不作准",
    f"以这里列出的为准；多半是另存成了 .xls、粘贴成了数值，要接着填的，{FRESH}。",
)
NOT_RECORD: Final = Message(
    "R260",
    Severity.WARNING,
    "第 {row} 行“{text}”{what}，不是一条记录，没有计入；表里的公式把它算了进去",
    "请清空这一行；要说明的内容写到说明栏。",
)
NONE_SAID: Final = Message(
    "R280",
    Severity.NOTICE,
    "第 {row} 行填的“{text}”按没有这样的记录读取",
    "不影响读取；没有的请把这一行空着，表内的公式和核对把它当作一条记录。",
)
BLANK_ROW: Final = Message(
    "R281",
    Severity.NOTICE,
    "第 {row} 行只有空格或换行，按空行读取；表里的公式把它当作一条记录",
    "不影响读取；请选中这一行要填的格，清除内容，表上的得分和个数才对。",
)
LEFT_OVER: Final = Message(
    "R282",
    Severity.NOTICE,
    "第 {row} 行必填的栏都空着，只有{columns}填着",
    "不报这一行的，把剩下的也清空；要报的补齐。",
)
STRUCK_ROW: Final = Message(
    "R261",
    Severity.WARNING,
    "第 {row} 行“{text}”整行划掉了，没有计入；表里的公式把它算了进去",
    "不报的请清空这一行；要报的请去掉删除线。",
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
SHOWN_TOTAL: Final = Message(
    "R253",
    Severity.NOTICE,
    "表上印的自评得分合计是 {shown}，各行合起来是 {total}：有的自评得分存成了文字，表里没有算进去",
    "请把存成文字的自评得分删去，重新输入数字，再打印盖章。",
)
ISSUED_EARLIER: Final = Message(
    "R252",
    Severity.NOTICE,
    "这份表是方案改公式（或其中的参数、分值）以前下发的，表上自动算出的数照的是原来的公式；"
    "没有采用，得分由程序按现行的方案计算",
    "不必重填；要表上的得分与现行的方案一致，请把内容移到现在下发的模板。",
)
