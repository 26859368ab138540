"""一季的工作文件夹靠什么认：不必载入别的就能先看一眼。"""

from __future__ import annotations

from typing import Final

ROSTER_FILE: Final = "名单.xlsx"
NOTICE_FILE: Final = "退回通知模板.docx"
BULLETIN_FILE: Final = "绩效自评情况通报模板.docx"
SELF_REPORT_FILE: Final = "自评报告模板.docx"
