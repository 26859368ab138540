"""C250 起：单位在退回件的问题清单里写的说明。"""

from __future__ import annotations

from typing import Final

from xltool.finding import Message, Severity

ABOUT_GONE: Final = Message(
    "C250",
    Severity.NOTICE,
    "单位在退回件里对“{about}”说明：“{text}”；那一处问题已不再出现",
    "供复核参考，不用再填。",
)
TOO_MANY: Final = Message(
    "C251",
    Severity.WARNING,
    "问题清单里写了 {count} 条说明，只读了前 {most} 条",
    "请把同样的说明并成一条，去掉问题清单里另加的行，再报送。",
)
NOTHING_SAID: Final = "单位说明只写了“{text}”，等于没有写，不算已说明。"
"""接在那一条的办法前面。"""
