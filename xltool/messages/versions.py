"""C200 起：一个单位有几份报送时哪一份算数，和填报日期可不可信。"""

from __future__ import annotations

from typing import Final

from xltool.finding import Message, Severity

RETURNED_UNCHANGED: Final = Message(
    "C200",
    Severity.WARNING,
    "“{name}”的“{file}”是退回件，填的内容一处也没有改",
    "请与该单位核实：没有要改的照此采用，要改的请改好后再报。",
)
REPLACED: Final = Message(
    "C201",
    Severity.NOTICE,
    "“{name}”先后报了 {chain}：后一份是前一份退回后改的，以最后一份为准",
    "改了什么见“重复差异”。",
)
FROM_ANOTHER: Final = Message(
    "C202",
    Severity.WARNING,
    "“{name}”的“{file}”是从“{other}”的退回件改来的（那一份是“{parent}”），两份都照收",
    "请核实是不是拿别人的表改的；确是同一单位（项目）改了名称的，把原来的一份移出文件夹。",
)
DATE_DOUBTED: Final = Message(
    "C210",
    Severity.WARNING,
    "“{name}”的填报日期 {date} 可疑：{why}",
    "请与该单位核实填报日期；分几份的先后时不用它。",
)

# ---------------------------------------------------------------- 一个文件的去向，各一句

BLANK: Final = "还没有填：只有下发时印好、预填的内容"
SAME_ANSWERS: Final = "与“{file}”填的内容相同"
UNCHANGED: Final = "退回件，一处也没有改：与“{file}”填的内容相同"
REPLACED_BY: Final = "由“{file}”替代：那一份是这一份退回后改的，改了 {count} 处"
ADOPTED_AFTER: Final = "已采用，替代了退回的 {files}"
ADOPTED_ALONE: Final = "已采用；是退回后改的，原来的一份不在这里"

# ---------------------------------------------------------------- 日期为什么可疑

BEFORE_YEAR_END: Final = "{year}年度还没有结束"
AFTER_NEXT_YEAR: Final = "在{year}年度的次年以后"
AFTER_DEADLINE: Final = "比截止日期 {deadline} 晚了 {days} 天以上"
FAR_FROM_OTHERS: Final = "与各份的填报日期（居中的是 {median}）相差 {days} 天以上"
DOUBTED: Final = "“{file}”的填报日期可疑"
