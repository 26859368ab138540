"""只说读法的提示：读对了就不用管，复核的人不必逐条写意见。"""

from __future__ import annotations

from typing import Final

from xltool.messages import entries, values

READINGS: Final = frozenset(
    message.code
    for message in (
        values.CONVERTED,
        entries.ALIAS,
        entries.PERCENT_READ,
        entries.NOT_APPLICABLE,
    )
)
