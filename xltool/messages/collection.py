"""C1xx：汇总：名单、文件、部门、表种、期限，跳过和退回的理由；C150 起是上年度的文件。"""

from __future__ import annotations

from typing import Final

from xltool.finding import Message, Severity

ROSTER_HEADER: Final = Message(
    "C101",
    Severity.ERROR,
    "名单“{roster}”的前 {rows} 行里找不到“单位名称”一栏{seen}",
    "请在名单里加一行表头，至少有“单位名称”，最好还有“预算编码”。",
)
ROSTER_EMPTY: Final = Message(
    "C102", Severity.ERROR, "名单“{roster}”里一个单位也没有", "请在表头下面逐行填写应报送的单位。"
)
ROSTER_DUPLICATE: Final = Message(
    "C103",
    Severity.WARNING,
    "名单里“{name}”与{row}的“{other}”{what}相同，只按前一行计",
    "请核对名单，删去重复的一行或改正{what}。",
)
ROSTER_NAMESAKES: Final = Message(
    "C114",
    Severity.ERROR,
    "名单里{here}和{row}都叫“{name}”，预算编码不同，分不清报送是哪一个的",
    "是两个单位的，在名称里写明区别（如加上所在的镇街）；是一个单位的，删去一行或改正预算编码。",
)
ROSTER_NAMELESS: Final = Message(
    "C104", Severity.WARNING, "名单里这一行没有单位名称，没有计入", "请补填单位名称，或删去这一行。"
)
ROSTER_ZERO: Final = Message(
    "C105",
    Severity.WARNING,
    "名单里“{name}”的{heading}填的是“{found}”，应为 是、否 或 免报，看不出它报不报",
    "请改填 是、否 或 免报；缓报的，日期填在“缓报至”一栏。",
)
ROSTER_FORM: Final = Message(
    "C107",
    Severity.WARNING,
    "名单里“{name}”的表种填的是“{found}”，没有这种表{nearest}；按没有填计",
    "请改填 {forms} 之一；一个单位要报几种的，用顿号隔开。",
)
ROSTER_UNREADABLE: Final = Message(
    "C106", Severity.ERROR, "名单“{roster}”读不了：{reason}", "{remedy}"
)
ROSTER_IS_FORM: Final = Message(
    "C108",
    Severity.ERROR,
    "给的名单“{roster}”是填报的评分表，不是单位名单",
    "请给应报单位的名单：一行一个单位，表头有“单位名称”，最好还有“预算编码”。",
)

LIST_FAULT: Final = Message(
    "C109",
    Severity.ERROR,
    "程序读“{file}”时出错（{kind}），没有汇总",
    "这是程序的毛病；请把这个文件交给维护人员，或先不用它。",
)

NO_DEPARTMENT: Final = Message(
    "C110",
    Severity.ERROR,
    "封面没有{labels}，不知道是哪个{what}的报送",
    "请填写封面的{labels}后重新报送。",
)
SEVERAL: Final = Message(
    "C111",
    Severity.ERROR,
    "“{name}”有 {count} 份内容不同的报送{kinds}：{files}；没有采用任何一份",
    "请与该部门核实以哪一份为准，把其余的移出文件夹后重新汇总。",
)
LATEST_USED: Final = Message(
    "C112",
    Severity.WARNING,
    "“{name}”有 {count} 份内容不同的报送{kinds}：{files}；"
    "按填报日期最晚的一份（{date}）采用了“{chosen}”",
    "请与该部门核实以这一份为准。",
)
NO_LATEST: Final = Message(
    "C113",
    Severity.ERROR,
    "“{name}”有 {count} 份内容不同的报送{kinds}：{files}；"
    "{why}，分不出哪一份最晚，没有采用任何一份",
    "请与该部门核实以哪一份为准，把其余的移出文件夹后重新汇总。",
)
NOT_ON_ROSTER: Final = Message(
    "C120",
    Severity.WARNING,
    "“{name}”不在名单里{nearest}",
    "请核对封面填的部门和预算编码；是名单里的单位换了写法的，把这个写法填进名单的“曾用名”（“简称”）一栏；"
    "确应报送而没有的，补进名单。",
)
OTHER_NAME: Final = Message(
    "C121",
    Severity.NOTICE,
    "封面填的部门是“{name}”，按预算编码 {code} 认作名单里的“{expected}”",
    "请核对；单位改过名的，可在名单的“曾用名”里补上。",
)
OTHER_CODE: Final = Message(
    "C122",
    Severity.WARNING,
    "“{name}”填的预算编码 {code} 在名单里是“{other}”的，已按名称认作“{name}”",
    "请核对预算编码和部门的名称，改正填错的一项。",
)
ZERO_REPORTED: Final = Message(
    "C123", Severity.NOTICE, "“{name}”在名单里是零报送，却有报送", "请核对名单的零报送一栏。"
)
EXEMPT_REPORTED: Final = Message(
    "C127", Severity.NOTICE, "“{name}”在名单里是免报，却有报送", "请核对名单的零报送一栏。"
)
OLDER_FORM: Final = Message(
    "C125",
    Severity.WARNING,
    "“{name}”交的是{year}年度的“{form}”的表，这次收来的还有{newest}年度的",
    "请核对：应报{newest}年度的，退回换用那一年的表。",
)
OTHER_FORM: Final = Message(
    "C124",
    Severity.WARNING,
    "“{name}”交的是“{form}”的表，名单上的表种是“{expected}”",
    "请核对：表用错的，退回换用对应的表；名单写错的，改名单的表种。",
)
MISNAMED: Final = Message(
    "C126",
    Severity.WARNING,
    "文件名像“{named}”的，内容是“{name}”的，已按内容算作“{name}”的",
    "请打开核对：发错了文件的，请“{named}”另报自己的；只是文件名写错的，改文件名。",
)
LATE: Final = Message(
    "C130",
    Severity.NOTICE,
    "“{name}”的填报日期 {date} 晚于截止日期 {deadline}",
    "请核对是否逾期报送。",
)
UNDATED: Final = Message(
    "C131",
    Severity.NOTICE,
    "“{name}”没有可用的填报日期，不能判断是否在截止日期 {deadline} 前报送",
    "请填写封面的填报日期。",
)
LAST_YEAR_UNREADABLE: Final = Message(
    "C150",
    Severity.WARNING,
    "上年度的文件读不了：{reason}；用不着它的照常汇总",
    "请核对上年度的文件；不需要与上年度比较的，不必给出。",
)
LAST_YEAR_UNKNOWN: Final = Message(
    "C151",
    Severity.WARNING,
    "上年度的文件里认不出绩效指标：既不是自评表，也不是汇总的绩效指标明细",
    "请给上年度的自评表文件夹，或上年度用本程序汇总的工作簿。",
)
LAST_YEAR_NO_RESULTS: Final = Message(
    "C152",
    Severity.WARNING,
    "上年度的汇总里有 {count} 个单位的得分是公式，没有计算结果，不能与上年度的得分比",
    "请用 Excel 或 WPS 打开上年度的汇总，保存后重新汇总；别的照常比较。",
)
LAST_YEAR_SEVERAL: Final = Message(
    "C153",
    Severity.WARNING,
    "名单里“{name}”的曾用名 {names} 在上年度各有一份，不知道与哪一份比，没有比",
    "请核对曾用名，只留与上年度相比的一个。",
)
CRASHED: Final = Message(
    "C140",
    Severity.ERROR,
    "读取时程序异常退出，没有读出任何内容",
    "请用 Excel 或 WPS 打开核对，另存为 .xlsx 后重新报送；仍不行的请把文件交给维护人员。",
)
TIMED_OUT: Final = Message(
    "C141",
    Severity.ERROR,
    "读了 {seconds} 秒还没有读完，已停止",
    "请删去与填报无关的工作表和图片，另存为 .xlsx 后重新报送。",
)
FAILED: Final = Message(
    "C142",
    Severity.ERROR,
    "程序处理这个文件时出错（{kind}），没有采用",
    "这是程序的毛病，不是填报的错；请把文件交给维护人员。",
)
PROGRAM_FAULT: Final = "程序处理它时出错（{kind}），这是程序的毛病，请交给维护人员"
UNWRITABLE: Final = Message(
    "C144",
    Severity.ERROR,
    "程序写不出这一份的结果（{kind}），没有采用",
    "这是程序的毛病，不是填报的错；请把文件交给维护人员。",
)
FOLDER: Final = Message(
    "C143", Severity.ERROR, "文件夹打不开：{reason}", "请检查读取权限后重新汇总。"
)

# ---------------------------------------------------------------- 一个文件的去向，各一句

ADOPTED: Final = "已采用"
OLDER: Final = "同一{what}另有填报日期更晚的“{file}”"
SAME: Final = "与“{file}”内容相同"
PENDING: Final = "与 {files} 是同一{what}的不同报送，待确认"

LOCK_FILE: Final = "打开文件时留下的锁文件"
SYSTEM_FILE: Final = "系统自动生成的文件"
PARTIAL_FILE: Final = "没有传完或没有存完的临时文件"
HIDDEN_FILE: Final = "隐藏文件"
OWN_OUTPUT: Final = "本程序汇总的结果，不是报送"
ROSTER_FILE: Final = "这是单位名单，不是报送"
WAIVER_FILE: Final = "这是豁免表，不是报送"
LAST_YEAR_FILE: Final = "这是上年度的，不是本次的报送"

NO_DATE: Final = "有的没有填报日期"
SAME_DATE: Final = "填报日期相同"
NEAREST: Final = "，最像的是“{name}”"
KINDS: Final = "（用了 {count} 种表：{forms}）"
DEPARTMENT_WORD, PROJECT_WORD = "部门", "项目"
CODE_WORD: Final = "预算编码"
NAME_WORD: Final = "单位名称"
SEEN_HEADINGS: Final = "；最像表头的是 {where} 起的一行：{texts}"
SAME_ROW: Final = "第 {row} 行"
OTHER_SHEET_ROW: Final = "工作表“{sheet}”第 {row} 行"
