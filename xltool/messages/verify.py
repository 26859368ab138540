"""C270 起：核对一份汇总：哪一格与报送文件里算出的不同，哪个文件不在、变了，哪些依据不同了。"""

from __future__ import annotations

from typing import Final

from xltool.finding import Message, Severity

_BY_HAND: Final = "请核实是谁改的；不该改的，照应为的改回，或重新汇总。"

DIFFERENT: Final = Message(
    "C270", Severity.ERROR, "{what}：书里是“{found}”，由报送文件应为“{expected}”", _BY_HAND
)
NO_LONGER_FORMULA: Final = Message(
    "C271",
    Severity.ERROR,
    "{what}：原是公式，现在是写死的“{found}”，以后复核改了分它也不变",
    "请重新汇总，公式就回来了；复核意见会带过去。",
)
NOT_CALCULATED: Final = Message(
    "C272",
    Severity.WARNING,
    "{what}：公式没有计算结果，不能核对（应为“{expected}”）",
    "请用 Excel 或 WPS 打开、另存，再核对一次。",
)
ROW_MISSING: Final = Message(
    "C273", Severity.ERROR, "少了一行：{what}", "请核实是谁删的；重新汇总就回来了。"
)
ROW_ADDED: Final = Message(
    "C274",
    Severity.ERROR,
    "多了一行，不是由报送文件得出的：{what}",
    "请核实是谁添的；另写的话写在表外，或写在复核的各栏里。",
)
COLUMN_MISSING: Final = Message(
    "C275", Severity.ERROR, "少了一栏“{heading}”，这一栏没有核对", "重新汇总就回来了。"
)
SHEET_MISSING: Final = Message(
    "C276", Severity.ERROR, "少了一张表“{name}”，或它的表头认不出，没有核对", "重新汇总就回来了。"
)
FILE_MISSING: Final = Message(
    "C277",
    Severity.ERROR,
    "文件不在：文件清单里有，文件夹里没有内容是它的文件",
    "请把原来的文件放回报送文件夹，再核对一次。",
)
FILE_CHANGED: Final = Message(
    "C278",
    Severity.ERROR,
    "文件已变：名字相同，内容不是汇总时的那一份（那时的指纹 {digest}…）",
    "是改正后重报的，请重新汇总；不该变的，请找回原来的文件。",
)
FILE_NEW: Final = Message(
    "C279", Severity.NOTICE, "汇总以后来的，书里没有", "要算在内的，请重新汇总。"
)
OTHER_SCHEME: Final = Message(
    "C280",
    Severity.ERROR,
    "方案“{name}”与汇总时用的不是同一份：那时的指纹 {found}，现在的 {now}，它的各份没有核对",
    "请用汇总时的程序，或另给出那时的方案。",
)
OTHER_PROGRAM: Final = Message(
    "C281",
    Severity.NOTICE,
    "汇总是程序 {found} 版写的，现在是 {now} 版，下面的不同可能由此而来",
    "要逐字相同，请用那时的程序核对。",
)
AID_CHANGED: Final = Message(
    "C282",
    Severity.ERROR,
    "{what}“{name}”汇总以后改过，以下照现在的内容核对",
    "请找回汇总时的那一份，用相应的选项给出；或重新汇总。",
)
OTHER_LIMITS: Final = Message(
    "C283",
    Severity.NOTICE,
    "汇总时读文件的上限是“{found}”，现在是“{now}”，因此读得成、读不成的可能不同",
    "请照那时的环境变量核对。",
)
FORM_DIFFERENT: Final = Message(
    "C284",
    Severity.ERROR,
    "另存的评分表“{form}”不在，或与由报送文件应得的不同",
    "请核实是谁改的；重新汇总就回来了。",
)
