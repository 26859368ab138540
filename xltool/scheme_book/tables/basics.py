"""基本信息：一行一项，标识、版本、年度、名称、依据。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.scheme_book.table import Column, Kind, Table
from xltool.scheme_book.words import ORIGIN_HELP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.scheme.model import Scheme
    from xltool.scheme_book.draft import Data, Draft, ReadRow
    from xltool.scheme_book.table import Row

LABEL, VALUE = "label", "value"


class Setting(NamedTuple):
    """一项：程序里的名字、印的字、怎么写、写什么、要不要写。"""

    key: str
    label: str
    help: str
    kind: Kind = Kind.TEXT
    required: bool = True

    @property
    def column(self) -> Column:
        """照一栏那样读。"""
        return Column(
            key=self.key,
            heading=self.label,
            width=0,
            kind=self.kind,
            required=self.required,
            help=f"{self.help}。",
        )


ALLOCATION: Final = "allocation"
SETTINGS: Final = (
    Setting("id", "标识", "各个方案不相同；新的一年换一个，如 jiangmen-2026-special", Kind.CODE),
    Setting("version", "版本", "如 2026.1；下发以后又改了的，换一个版本", Kind.CODE),
    Setting("year", "评价年度", "被评价的预算年度，如 2025", Kind.WHOLE),
    Setting("title", "表的名称", "印在填报说明顶上"),
    Setting("annex", "附件标记", "印在评分表左上角，如 附件1；没有的空着", required=False),
    Setting("variant", "表种", "几种表并行时怎么区分，写进文件名，如 有专项资金"),
    Setting("work", "工作名称", "如 部门整体支出绩效自评"),
    Setting("issued_by", "印发机关", "如 江门市财政局"),
    Setting("basis", "依据", "印发通知的名称和文号"),
    Setting("origin", "来源", f"整张表从哪里来，{ORIGIN_HELP}", Kind.ORIGIN),
    Setting("subject", "评的是谁", "认出评的是谁的各项，写 表.项，用顿号隔开", Kind.REFS),
    Setting(
        ALLOCATION,
        "分法由哪一项选定",
        "分值随填报而定的才写，写 表.项；没有的空着",
        Kind.REF,
        required=False,
    ),
)

TABLE: Final = Table(
    key="basics",
    name="基本信息",
    title="基本信息",
    note="一行一项；“内容”一栏可以改。",
    purpose="每年必改：标识、版本、评价年度、表的名称、依据",
    label="label",
    columns=(
        Column(key=LABEL, heading="项目", width=18, fixed=True, required=True),
        Column(key=VALUE, heading="内容", width=72),
        Column(key="help", heading="怎么写", width=58, kind=Kind.AUTO),
    ),
    spare=0,
    unique=((LABEL,),),
    settings={setting.label: setting.column for setting in SETTINGS},
)
GUIDE: Final = Table(
    key="guide",
    name="填报要求",
    title="填报要求",
    note="印在填报说明上，一行一条，依次编号；补在末尾，或撤消保护后插入整行。",
    purpose="填报要求有变化时改",
    label="text",
    columns=(
        Column(key="number", heading="序号", width=7, kind=Kind.AUTO),
        Column(
            key="text",
            heading="要求",
            width=120,
            required=True,
            help="写一条填报要求，不用写序号。",
        ),
    ),
    spare=6,
    blank=True,
)


def rows(scheme: Scheme) -> Iterator[Row]:
    """各项。"""
    values: Row = {
        "id": scheme.id,
        "version": scheme.version,
        "year": Decimal(scheme.year),
        "title": scheme.title,
        "annex": scheme.annex,
        "variant": scheme.variant,
        "work": scheme.work,
        "issued_by": scheme.issued_by,
        "basis": scheme.basis,
        "origin": scheme.origin,
        "subject": tuple(map(str, scheme.subject)),
        ALLOCATION: str(scheme.allocation.field) if scheme.allocation else "",
    }
    for setting in SETTINGS:
        yield {LABEL: setting.label, VALUE: values[setting.key], "help": setting.help}


def guide_rows(scheme: Scheme) -> Iterator[Row]:
    """各条填报要求。"""
    for number, text in enumerate(scheme.guide, 1):
        yield {"number": str(number), "text": text}


def fill(draft: Draft) -> None:
    """方案的身份。"""
    rows = {row.text(LABEL): row for row in draft.rows(TABLE.key)}
    head: Data = {}
    for setting in SETTINGS:
        row = rows.get(setting.label)
        if row is None or setting.key == ALLOCATION:
            continue
        draft.mark(f"scheme.{setting.key}", row.place(VALUE))
        if setting.kind is Kind.WHOLE:
            head[setting.key] = row.amount(VALUE)
        elif setting.kind is Kind.REFS:
            head[setting.key] = row.texts(VALUE)
        else:
            head[setting.key] = row.text(VALUE)
    draft.mark_head("scheme", TABLE.key, VALUE)
    draft.data["scheme"] = head | {"guide": [row.text("text") for row in draft.rows(GUIDE.key)]}


def allocation_row(draft: Draft) -> ReadRow | None:
    """写着分法由哪一项选定的那一行；没有写的为空。"""
    label = next(setting.label for setting in SETTINGS if setting.key == ALLOCATION)
    rows = (row for row in draft.rows(TABLE.key) if row.text(LABEL) == label)
    return next((row for row in rows if row.text(VALUE)), None)
