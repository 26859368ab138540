"""测试用：让 LibreOffice 执行一段自己的宏语言（Basic），不装别的。"""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from pathlib import Path

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMED: Final = "xmlns:library='http://openoffice.org/2000/library' library:name='Standard'"
_FILES: Final = {
    "script.xlc": f"{_HEAD}<library:libraries xmlns:library='http://openoffice.org/2000/library'"
    " xmlns:xlink='http://www.w3.org/1999/xlink'>"
    "<library:library library:name='Standard' library:link='false'/></library:libraries>",
    "Standard/script.xlb": f"{_HEAD}<library:library {_NAMED}"
    " library:readonly='false' library:passwordprotected='false'>"
    "<library:element library:name='Test'/></library:library>",
}
_MODULE: Final = (
    f"{_HEAD}<script:module xmlns:script='http://openoffice.org/2000/script'"
    " script:name='Test' script:language='StarBasic'>{}</script:module>"
)
# 打开时总是重新计算，不采用文件里存的结果；当作早已装好，不然头一次启动会盖掉上面的宏
PROFILE: Final = f"""{_HEAD}<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Setup/Office">
<prop oor:name="ooSetupInstCompleted" oor:op="fuse"><value>true</value></prop></item>
</oor:items>"""


def run_macro(source: str, place: Path, seconds: int = 120) -> None:
    """执行 `source` 里的 Main；`place` 放它的设置。"""
    basic = place / "user" / "basic"
    (basic / "Standard").mkdir(parents=True, exist_ok=True)
    (place / "user" / "registrymodifications.xcu").write_text(PROFILE, "utf-8")
    for name, content in _FILES.items():
        (basic / name).write_text(content, "utf-8")
    (basic / "Standard" / "Test.xba").write_text(_MODULE.format(escape(source)), "utf-8")
    command = ["soffice", f"-env:UserInstallation={place.as_uri()}", "--headless", "--norestore"]
    command.append("macro:///Standard.Test.Main")
    subprocess.run(command, check=True, capture_output=True, timeout=seconds)
