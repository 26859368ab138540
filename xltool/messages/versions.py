"""C200 起：一个单位有几份报送时哪一份算数、下级的汇总并不并入，和填报日期可不可信。"""

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

# ---------------------------------------------------------------- 下级的汇总

LOWER_UNFIT: Final = Message(
    "C203",
    Severity.ERROR,
    "下级的汇总里找不到“{what}”一张表，或它的表头改过",
    "请下级重新汇总后再报，各表的表头不要改。",
)
LOWER_OTHER_SCHEME: Final = Message(
    "C204",
    Severity.ERROR,
    "下级的汇总用的方案是 {found}，这里没有",
    "请下级用同一年度、同一版本的程序和方案重新汇总。",
)
LOWER_NO_RESULT: Final = Message(
    "C205",
    Severity.ERROR,
    "下级的汇总里 {where} 一类的 {count} 格没有数：公式没有计算结果，或写的不是数",
    "请下级用 Excel 或 WPS 打开，等公式算好，改正不是数的各格，保存后再报。",
)
LOWER_MISMATCH: Final = Message(
    "C206",
    Severity.WARNING,
    "下级的汇总里“{unit}”的系统得分是 {total}，得分明细合计是 {expected}",
    "请下级核实是不是改过；没有改过的，打开重新计算后保存再报。",
)
LOWER_OVERLAP: Final = Message(
    "C207",
    Severity.ERROR,
    "{files} 汇总了同样的报送，多半是同一下级先后的几版；都没有并入",
    "请与下级核实以哪一份为准，把其余的移出文件夹后重新汇总。",
)
LOWER_OF_THIS: Final = Message(
    "C208",
    Severity.NOTICE,
    "“{file}”汇总的报送就在这个文件夹里，已逐份计分，不另并入，它上面的复核意见也没有取",
    "它是下级的，要连同复核意见并入的，把那些报送移出文件夹后重新汇总。",
)
LOWER_OUT_OF_BOUNDS: Final = Message(
    "C209",
    Severity.WARNING,
    "下级的汇总里“{unit}”的复核得分是 {found}，应在 0 到 {full} 之间，没有采用",
    "请下级核实后重新报。",
)
LOWER_ADOPTED: Final = "下级的汇总，并入 {units} 个单位（项目）、{verdicts} 条复核意见"
LOWER_INSIDE: Final = "已并入“{file}”，不另计"
LOWER_PENDING: Final = "与 {files} 汇总了同样的报送，待确认"
LOWER_SAME: Final = "与“{file}”的内容相同"
LOWER_THIS: Final = "由这个文件夹里的报送汇总的，不另并入"
LOWER_FORM: Final = "下级的汇总“{file}”另存的评分表，已在汇总里"
