"""几个命令共用的选项。"""

from pathlib import Path
from typing import Annotated

import typer

LastYear = Annotated[
    Path | None,
    typer.Option(
        "--last-year",
        metavar="文件夹或汇总.xlsx",
        help="上年度的自评表文件夹，或上年度的汇总；给了才与上年比",
    ),
]
Roster = Annotated[
    Path | None,
    typer.Option("--roster", metavar="名单.xlsx", help="应报单位名单，给了才知道谁没有报"),
]
Waivers = Annotated[
    Path | None,
    typer.Option("--waivers", metavar="豁免.xlsx", help="认可的例外：划去，不计数"),
]
Deadline = Annotated[
    str | None,
    typer.Option("--deadline", metavar="日期", help="截止日期，如 2025-4-30；晚报的给出提示"),
]
Duplicates = Annotated[
    str | None,
    typer.Option(
        "--on-duplicate",
        metavar="ask|latest",
        help="分不出先后的几份：ask 都不采用（默认），latest 采用填报日期最晚的",
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option("--jobs", min=1, metavar="几", help="同时用几个进程读，默认看处理器"),
]
NoCache = Annotated[bool, typer.Option("--no-cache", help="不用缓存：每个文件都重新读，汇总重新写")]
ExitZero = Annotated[
    bool, typer.Option("--exit-zero", help="有退回或错误时也以 0 结束（写不出结果时仍不是 0）")
]
