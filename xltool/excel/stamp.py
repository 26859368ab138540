"""写进文件属性的时间：固定不变，同样的内容写出的字节才相同。"""

from __future__ import annotations

from datetime import datetime
from typing import Final

WRITTEN_AT: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - file properties bear no zone
WRITTEN_TEXT: Final = f"{WRITTEN_AT.isoformat()}Z"
