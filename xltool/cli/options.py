"""几个命令共用的选项。"""

from pathlib import Path
from typing import Annotated

import typer

Inbox = Annotated[
    Path | None,
    typer.Argument(
        metavar="文件夹", help="放报送文件的文件夹，连同子文件夹；在工作文件夹里可以不给"
    ),
]
LastYear = Annotated[
    Path | None,
    typer.Option(
        "--last-year",
        metavar="文件夹或汇总.xlsx",
        help="上年度的自评表文件夹，或上年度的汇总；给了才与上年比",
    ),
]
StartingFrom = Annotated[
    Path | None,
    typer.Option(
        "--last-year",
        metavar="文件夹或汇总.xlsx",
        help="上年度的报送文件夹，或上年度的汇总：名单上的各单位照它起头",
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

# ---------------------------------------------------------------- 退回

Returns = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="文件夹", help="写到哪里；不给就是 退回"),
]
By = Annotated[
    str | None,
    typer.Option("--by", metavar="日期", help="什么时候以前改好，印在通知和问题清单里"),
]
Office = Annotated[str | None, typer.Option("--office", metavar="单位", help="谁退回，印在通知里")]
Mailbox = Annotated[str | None, typer.Option("--mailbox", metavar="邮箱", help="改好的报送到哪里")]
Contact = Annotated[str | None, typer.Option("--contact", metavar="联系人", help="有疑问找谁")]
Phone = Annotated[str | None, typer.Option("--phone", metavar="电话", help="联系人的电话")]
NoticeTemplate = Annotated[
    Path | None,
    typer.Option("--notice", metavar="模板.docx", help="通知照哪个模板写，不给就用随程序带的"),
]
ReviewedBook = Annotated[
    Path | None,
    typer.Option(
        "--book", metavar="汇总.xlsx", help="复核意见在哪一份汇总里：须改正、退回的都算在内"
    ),
]
Explain = Annotated[bool, typer.Option("--explain", help="只有须说明的（没有须改正的）也退回")]
Today = Annotated[
    str | None,
    typer.Option("--today", metavar="日期", help="通知和催报名单上今天是哪天，默认就是今天"),
]
