"""C360 起：旧表移到新表：没有搬的是什么、为什么，搬了还要看的是什么。"""

# 级别是要做的事：警告是没有搬、要人处理的，提示是搬了、请核对的
from __future__ import annotations

from typing import Final

from xltool.finding import Message, Severity

NO_PLACE: Final = Message(
    "C360",
    Severity.WARNING,
    "“{label}”填的“{value}”没有搬：新表没有这一项",
    "今年还要报的，写到新表合适的地方；不用的不管它。",
)
NO_OPTION: Final = Message(
    "C361",
    Severity.WARNING,
    "“{label}”填的“{value}”没有搬：新表的列表里没有它，只有 {expected}",
    "请在新表的这一格从列表里选。",
)
OTHER_RESULT: Final = Message(
    "C362",
    Severity.WARNING,
    "“{label}”旧表填的是“{value}”，新表自动计算，算出的是 {result}",
    "请核对是哪一格不同；新表的数由别的格得出，改那些格。",
)
OTHER_UNIT: Final = Message(
    "C363",
    Severity.WARNING,
    "“{label}”填的“{value}”没有搬：旧表的单位是“{unit}”，新表是“{wanted}”",
    "请换算以后填进新表。",
)
OUTSIDE: Final = Message(
    "C364",
    Severity.WARNING,
    "表格以外写的“{value}”没有搬",
    "要报的，写到新表的“说明”一类的栏里；随手记的不管它。",
)
UNREAD: Final = Message(
    "C365",
    Severity.WARNING,
    "“{label}”写的“{value}”没有搬：不算填报（合计行、以下空白、不适用、划掉的一类）",
    "确实要报的，填进新表。",
)
NO_VALUE: Final = Message(
    "C366",
    Severity.WARNING,
    "“{label}”没有搬：格里是图片、错误值或没有结果的公式（“{value}”）",
    "请在新表的这一格直接填写。",
)
EARLIER_ANSWER: Final = Message(
    "C367",
    Severity.NOTICE,
    "“{label}”是{year}年度的，填的是“{value}”，没有当作{target}年度的搬",
    "请填{target}年度的；旧的供对照。",
)
STATEMENT: Final = Message(
    "C368",
    Severity.WARNING,
    "退回件的问题清单里写的说明“{value}”没有搬（{where}）",
    "还要说明的，写到新表的说明栏里。",
)
JOINED: Final = Message(
    "C369",
    Severity.NOTICE,
    "“{label}”填的“{value}”与旧表别处的合写在新表的一格里",
    "请看一遍，删去重复的话。",
)
TAKEN: Final = Message(
    "C370",
    Severity.WARNING,
    "“{label}”填的“{value}”没有搬：新表的这一格已有旧表别处的内容",
    "请核对以哪一个为准，填进新表。",
)
FORMULA: Final = Message(
    "C371",
    Severity.NOTICE,
    "“{label}”原来是公式，搬的是它的结果“{value}”",
    "请核对这个数。",
)
AS_READ: Final = Message(
    "C372",
    Severity.NOTICE,
    "“{label}”文件里存的是“{stored}”，照显示的“{value}”搬",
    "请核对新表的这一格。",
)
RELABELLED: Final = Message(
    "C373",
    Severity.NOTICE,
    "“{label}”在新表里叫“{new}”",
    "请核对意思是不是一样；不一样的改正。",
)
BY_LABEL: Final = Message(
    "C374",
    Severity.NOTICE,
    "“{label}”是按名称对上的：新表里它换了标识",
    "请核对新表的这一格。",
)
RENAMED_OPTION: Final = Message(
    "C375",
    Severity.NOTICE,
    "“{label}”选的“{value}”，新表的列表里写作“{new}”，已照新的写",
    "请核对这一格。",
)
MOVED: Final = Message(
    "C376",
    Severity.NOTICE,
    "“{label}”填的“{value}”，新表填在另一处",
    "请核对新表的这一格。",
)
TO_FILL: Final = Message(
    "C377",
    Severity.NOTICE,
    "旧表没有、新表“{name}”必填的有 {count} 项：{labels}",
    "请在新表里补填。",
)
LAST_PLACED: Final = Message(
    "C378",
    Severity.NOTICE,
    "“{label}”填的“{value}”作为上年的数，填进了“{new}”",
    "请与决算核对。",
)
START: Final = Message(
    "C379",
    Severity.NOTICE,
    "“{name}”的{labels}共 {count} 行照{year}年度的预填，只是起头",
    "请照{target}年度批复的逐行改正，不用的删去，新的加上。",
)
NO_OWN_SCHEME: Final = Message(
    "C380",
    Severity.NOTICE,
    "旧表是 {version}（{year}年度）的，没有那一版的方案，照“{scheme}”认的",
    "请逐张核对；有那一版的方案文件的，加 --schemes 给出它再做一次。",
)
UNKNOWN_YEAR: Final = Message(
    "C381",
    Severity.ERROR,
    "看不出旧表是哪一年度的：隐藏的标识表不见了，封面也没有写评价年度",
    "请在旧表的封面上写明评价年度，再做一次。",
)
BACKWARDS: Final = Message(
    "C382",
    Severity.ERROR,
    "旧表是{year}年度的，新表“{scheme}”却是{target}年度的",
    "请用旧表以后的年度的方案，另给的加 --schemes。",
)
CURRENT: Final = Message(
    "C383",
    Severity.ERROR,
    "这就是现行的表（{scheme}），不用移",
    "照常填报；要移到另一种表去的，用 --to 写明方案。公式没有了的才另写一份。",
)
NO_TARGET: Final = Message(
    "C384",
    Severity.ERROR,
    "不知道移到哪一种表：“{variant}”的方案{found}",
    "请用 --to 写明方案，有哪些用 xltool scheme list 看。",
)
DONE_ROW: Final = Message(
    "C385",
    Severity.NOTICE,
    "“{label}”已经整改，没有搬到{target}年度的整改表",
    "没有整改完的，加进新表。",
)
LONG_AGO: Final = Message(
    "C386",
    Severity.NOTICE,
    "旧表是{year}年度的，不是上一年，没有当作上年的数填",
    "有上一年度的表的，用那一份。",
)
SEVERAL: Final = Message(
    "C387",
    Severity.WARNING,
    "“{name}”上年的表有 {count} 份（{files}），不知道照哪一份，没有照上年预填",
    "只留一份，再生成一次；没有要照的不管它。",
)
PROBLEMS: Final = Message(
    "C388",
    Severity.NOTICE,
    "上年复核意见是“{verdicts}”的 {count} 个问题填进了“{name}”",
    "请照评价结果核对，写上整改措施和时限；已经改好的写明进展。",
)
NOT_STARTED: Final = Message(
    "C389",
    Severity.WARNING,
    "“{name}”的表（{file}）没有照着起头：{reason}",
    "照上年起头，要给上一年度的报送或汇总；要移到另一版的，用 xltool migrate。",
)
SAME_YEAR: Final = "它是{year}年度的，不早于这次的表"
