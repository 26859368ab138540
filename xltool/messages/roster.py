"""C17x：名单里不是单位的行、没有读的工作表，欠报的和名单上没有的。"""

from __future__ import annotations

from typing import Final

from xltool.finding import Message, Severity

NO_RECORDS: Final = Message(
    "C170",
    Severity.NOTICE,
    "有 {count} 行是标题、合计或说明，没有计入：{rows}",
    "请核对；其中有应计入的，照别的行填好各栏（单位填上预算编码）。",
)
ROSTER_SHEETS_LEFT: Final = Message(
    "C171",
    Severity.NOTICE,
    "名单的工作表{sheets}没有读：{why}",
    "其中有应报的单位的，加上“单位名称”等表头，取消隐藏；不是名单的不用管。",
)
ROSTER_AGAIN: Final = Message(
    "C172",
    Severity.NOTICE,
    "工作表“{page}”里有 {count} 个单位前面已经有了，只计一次，空着的各项由它补上",
    "请核对；不是名单的工作表（如通讯录），可以移走。",
)
ROSTER_CONTINUED: Final = Message(
    "C173",
    Severity.NOTICE,
    "名单第 {rows} 行没有单位名称，只写了项目，按上一行的单位计",
    "请核对；是别的单位的，补填单位名称。",
)
ROSTER_ALIAS: Final = Message(
    "C174",
    Severity.WARNING,
    "名单里“{name}”的曾用名“{alias}”也是“{other}”的名称，不按它认",
    "请核对曾用名，删去写错的。",
)
OWED_MISSING: Final = Message(
    "C175",
    Severity.WARNING,
    "“{name}”应报 {count} 份，还缺 {missing}",
    "请催报；名单写错的，改名单的表种或项目名称。",
)
PROJECT_UNLISTED: Final = Message(
    "C176",
    Severity.WARNING,
    "“{name}”交来的项目“{project}”不在名单给它列的项目里{nearest}；照样采用，另列一行",
    "请核对项目名称：报送写错的，退回改正；名单漏了的，补进名单。",
)
ROSTER_COLUMNS_LEFT: Final = Message(
    "C177",
    Severity.NOTICE,
    "名单的{columns}有内容，没有表头，或表头与别的栏相同，没有读",
    "要用的请写上各不相同的表头（合并的标题下面，每一列各写一个）；不用的不用管。",
)
ROSTER_PHONE: Final = Message(
    "C178",
    Severity.NOTICE,
    "名单的“{heading}”一栏有 {count} 格不是电话，如“{found}”",
    "请核对表头和各列是不是对得上；合并的标题下面，写明哪一列是联系人、哪一列是联系电话。",
)
ROSTER_TICKS: Final = Message(
    "C179",
    Severity.NOTICE,
    "名单的{columns}打着勾，表头不是表种，没有当作应报的表",
    "是要报的表的，表头改成表种的名称，如 {forms}；不是的不用管。",
)
ROSTER_UNTIL: Final = Message(
    "C180",
    Severity.WARNING,
    "名单里“{name}”的{heading}填的是“{found}”，不是日期",
    "请改填批准缓报到哪一天，如 2025-5-31；没有缓报的空着。",
)
ROSTER_REMARK: Final = Message(
    "C181",
    Severity.NOTICE,
    "名单里“{name}”的备注写着“{found}”，不是单写着零报送、免报的不算",
    "零报送、免报的，在“零报送”一栏填 是、免报；缓报的，在“缓报至”一栏填日期。",
)
ROSTER_FORM_TICKS: Final = Message(
    "C182",
    Severity.WARNING,
    "名单的{columns}打着勾，表头里有表种的名称，还多写了别的，没有当作应报的表",
    "是要报的表的，表头只写表种的名称：{forms}；不是的，不要打勾，改写“是”“否”。",
)
NO_HEADING: Final = "没有“单位名称”一栏"
HIDDEN_SHEET: Final = "是隐藏的"
