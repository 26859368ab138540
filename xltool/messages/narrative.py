"""C32x：随表交来的自评报告：读不了的、认不出是谁的、交了几份的。"""

from __future__ import annotations

from typing import Final

from xltool.finding import Message, Severity

_RESAVE: Final = "请用 Word 或 WPS 打开自评报告，另存为“Word 文档 (*.docx)”，与评分表放在一起再报。"

UNREADABLE: Final = Message("C320", Severity.WARNING, "自评报告读不了：{reason}", _RESAVE)
NOT_DOCX: Final = Message(
    "C321", Severity.WARNING, "这份自评报告是{kind}，不是 .docx，正文没有核对", _RESAVE
)
NO_OWNER: Final = Message(
    "C322",
    Severity.WARNING,
    "认不出这份自评报告是哪个单位的（报告里写的是{names}），没有与评分表核对",
    "请在文件名里写上单位名称（与评分表封面相同），如“某某局_自评报告.docx”。",
)
SEVERAL: Final = Message(
    "C323",
    Severity.WARNING,
    "“{name}”交了 {count} 份内容不同的自评报告：{files}；{why}，分不出哪一份最后，一份也没有核对",
    "请与该单位核实以哪一份为准，把其余的移出文件夹后重新汇总。",
)
EMPTY: Final = Message(
    "C324",
    Severity.WARNING,
    "自评报告里没有可读的正文",
    "请核对是不是把文字作成了图片或放进了文本框；改成正文后另存为 .docx 再报。",
)

NO_TEXT: Final = "Word 文档，没有可读的正文；是自评报告的，请在文件名里写上“自评报告”"
NOT_REPORT: Final = (
    "Word 文档“{title}”，不像自评报告，没有核对；是自评报告的，请在文件名里写上“自评报告”"
)

NO_DATE: Final = "有的没有填报日期"
SAME_DATE: Final = "填报日期相同"
NO_NAME: Final = "没有单位名称"

# ---------------------------------------------------------------- 去向，各一句
ATTACHED: Final = "自评报告，正文随“{file}”核对"
OLDER: Final = "自评报告，同一单位另有填报日期更晚的“{file}”"
ASIDE: Final = "自评报告，没有核对正文：{why}"
SAME: Final = "自评报告，与“{file}”内容相同"
OF_PROJECT: Final = "自评报告，标题说的是项目支出，不与部门的评分表核对"
UNDECIDED: Final = "自评报告，同一单位有几份内容不同的，分不出哪一份最后"
NO_OWNER_REASON: Final = "自评报告，认不出是哪个单位的"
NOT_ADOPTED: Final = "这个单位没有采用的评分表"
NO_SHEET: Final = "评分表没有“关键数据核对”一类的表"
