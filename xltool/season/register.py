"""全部设置，一项写一次：键、印在表上的叫法、怎样读、说明、默认；表、读回、文档、命令都照它。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from xltool.season import kinds
from xltool.season.names import BULLETIN_FILE, NOTICE_FILE

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal
    from pathlib import Path

    from xltool.collection.basis import OnDuplicate
    from xltool.season.kinds import Kind

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """一项设置；`option` 是命令上与它对应的写法，没有的空着。

    `default` 是空着时当作填了什么；默认是一个界限的，`origin` 是它从哪里来；
    `carried` 的下一年照抄。
    """

    key: str
    label: str
    kind: Kind[T]
    help: str
    option: str = ""
    default: str = ""
    origin: str = ""
    carried: bool = False

    @property
    def full_help(self) -> str:
        """说明，连同默认。"""
        why = f"（{self.origin}）" if self.origin else ""
        return f"{self.help}空着就是“{self.default}”{why}。" if self.default else self.help


SCHEMES: Final[Setting[tuple[str, ...]]] = Setting(
    "schemes",
    "方案",
    kinds.SCHEMES,
    "用哪个方案的表，见“选项”；几个用顿号隔开。名单里每个单位都写了“表种”的，可以空着。",
    "template 方案…",
)
DEADLINE: Final[Setting[date | None]] = Setting(
    "deadline",
    "截止日期",
    kinds.DAY,
    "各单位什么时候以前报送；晚报的在汇总里有提示。",
    "--deadline",
)
CORRECTION_DEADLINE: Final[Setting[date | None]] = Setting(
    "correction_deadline",
    "改正截止日期",
    kinds.DAY,
    "退回的什么时候以前改好再报，印在退回的通知和通报里。",
    "return --by，report --by",
)
LAST_YEAR: Final[Setting[Path | None]] = Setting(
    "last_year",
    "上年汇总",
    kinds.SOURCE,
    "上年度的 汇总.xlsx，或上年度放报送的文件夹；填了才与上年比，下发的表也照它起头。",
    "--last-year",
)
WAIVERS: Final[Setting[Path | None]] = Setting(
    "waivers", "豁免", kinds.SOURCE, "认可的例外写在哪个 .xlsx 里；没有就空着。", "--waivers"
)
DUPLICATES: Final[Setting[OnDuplicate]] = Setting(
    "on_duplicate",
    "一个单位有几份时",
    kinds.DUPLICATES,
    "分不出先后的几份怎样办。逐个确认：都先不采用，等您核实；取填报日期最晚的：采用它，留下警告。",
    "--on-duplicate",
    "逐个确认",
)
SCHEME_FILES: Final[Setting[Path | None]] = Setting(
    "scheme_files",
    "方案文件",
    kinds.SCHEME_FILES,
    "自己定的方案放在哪里：scheme import 写出的方案文件，或放它们的文件夹。只用随程序带的就空着。",
    "--schemes",
)
OFFICE: Final[Setting[str]] = Setting(
    "office",
    "收表单位",
    kinds.TEXT,
    "谁收表、谁退回，如 示例市财政局绩效管理科；印在退回的通知里，也是通报的落款。",
    "return --office，report --office",
    carried=True,
)
MAILBOX: Final[Setting[str]] = Setting(
    "mailbox",
    "报送邮箱",
    kinds.MAILBOX,
    "填好的表、改好的表发到哪里；印在退回的通知里。",
    "return --mailbox",
    carried=True,
)
CONTACT: Final[Setting[str]] = Setting(
    "contact",
    "联系人",
    kinds.TEXT,
    "有疑问找谁；印在退回的通知里。",
    "return --contact",
    carried=True,
)
PHONE: Final[Setting[str]] = Setting(
    "phone",
    "联系电话",
    kinds.PHONE,
    "联系人的电话；印在退回的通知里。",
    "return --phone",
    carried=True,
)
NOTICE: Final[Setting[Path | None]] = Setting(
    "notice",
    "通知模板",
    kinds.SOURCE,
    "退回的通知照哪个 .docx 写，可以用 Word、WPS 改；没有的用随程序带的。",
    "return --notice",
    NOTICE_FILE,
)
BULLETIN: Final[Setting[Path | None]] = Setting(
    "bulletin",
    "通报模板",
    kinds.SOURCE,
    "绩效自评情况通报照哪个 .docx 写，report --templates 另存一份可以改的；没有的用随程序带的。",
    "report --template",
    BULLETIN_FILE,
)
ISSUED: Final[Setting[Path]] = Setting(
    "issued",
    "下发文件夹",
    kinds.FOLDER,
    "预填好的空白表写到哪里。",
    "template -o",
    "下发",
)
INBOX: Final[Setting[Path]] = Setting(
    "inbox",
    "报送文件夹",
    kinds.FOLDER,
    "收来的表放在哪里，可以是共享盘上的文件夹。",
    "collect 文件夹",
    "报送",
)
RETURNS: Final[Setting[Path]] = Setting(
    "returns", "退回文件夹", kinds.FOLDER, "要退回改正的写到哪里。", "return -o", "退回"
)
BOOK: Final[Setting[Path]] = Setting(
    "book", "汇总文件", kinds.BOOK, "汇总写到哪个文件。", "collect -o", "汇总.xlsx"
)
MOST_PRAISED: Final[Setting[int]] = Setting(
    "most_praised",
    "最多表扬几个单位",
    kinds.COUNT,
    "复核等级最高、没有错误的，通报里依得分表扬前几个；填 0 不表扬。",
    default="10",
    origin="假设：一页列得下",
    carried=True,
)
CALLED_BELOW: Final[Setting[Decimal]] = Setting(
    "called_below",
    "得分低的界限",
    kinds.SHARE,
    "复核得分不到满分的多少，通报里提醒；填 0 不凭得分提醒。",
    default="70%",
    origin="假设：不等到不及格才提醒",
    carried=True,
)
CALLED_ERRORS: Final[Setting[int]] = Setting(
    "called_errors",
    "错误多的界限",
    kinds.COUNT,
    "还有几处以上错误须改正的，通报里提醒；填 0 不凭错误提醒。",
    default="5",
    origin="假设：一两处多半是笔误",
    carried=True,
)

SETTINGS: Final[tuple[Setting[Any], ...]] = (
    SCHEMES,
    DEADLINE,
    CORRECTION_DEADLINE,
    OFFICE,
    MAILBOX,
    CONTACT,
    PHONE,
    LAST_YEAR,
    WAIVERS,
    DUPLICATES,
    SCHEME_FILES,
    NOTICE,
    BULLETIN,
    ISSUED,
    INBOX,
    RETURNS,
    BOOK,
    MOST_PRAISED,
    CALLED_BELOW,
    CALLED_ERRORS,
)
"""依表上的次序：人要填的在前，有默认的在后。"""
PLACES: Final[tuple[Setting[Path], ...]] = tuple(
    one for one in SETTINGS if one.kind is kinds.FOLDER
)
"""各个文件夹：init 建好它们，各不相同。"""
CARRIED: Final[tuple[Setting[Any], ...]] = tuple(one for one in SETTINGS if one.carried)
"""下一年照抄的。"""
