"""汇总完了印什么：要办的各是谁，长的只列前几个，下一步做什么。"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from xltool.cli.standing import SHOWN, count_line, next_steps, notices, standing_lines
from xltool.collection.model import Collection, FileOutcome, Unit
from xltool.collection.owed import Obligation
from xltool.collection.standing import standing
from xltool.collection.statuses import FileStatus, UnitStatus
from xltool.finding import Finding, Severity, Tally
from xltool.messages import collection as say

if TYPE_CHECKING:
    from xltool.collection.standing import Standing

INBOX, BOOK, RETURN = Path("报送"), Path("汇总.xlsx"), "xltool return"


def unit(number: int, status: UnitStatus, errors: int = 0, project: str = "") -> Unit:
    return Unit(
        key=str(number),
        code="",
        department=f"第{number}局",
        project=project,
        status=status,
        listed=True,
        owner=str(number),
        owed=(Obligation(file="" if status is UnitStatus.ABSENT else f"{number}.xlsx"),),
        tally=Tally(error=errors),
        file=f"{number}.xlsx",
        files=(f"{number}.xlsx", f"{number}改.xlsx"),
        contact="张三",
        contact_phone="0750-1234567",
    )


def returned(name: str, reason: str) -> FileOutcome:
    return FileOutcome(file=name, sha256="", status=FileStatus.RETURNED, reason=reason)


def collected(*units: Unit, files: tuple[FileOutcome, ...] = ()) -> Collection:
    return Collection(folder="报送", roster="名单.xlsx", files=files, units=units, findings=())


def now(*units: Unit, files: tuple[FileOutcome, ...] = ()) -> Standing:
    return standing(collected(*units, files=files))


def test_each_kind_is_named_with_what_is_needed_to_act() -> None:
    lines = standing_lines(
        now(
            unit(1, UnitStatus.PENDING),
            unit(2, UnitStatus.REPORTED, errors=3),
            unit(3, UnitStatus.ABSENT),
            files=(returned("坏.xlsx", "文件是空的（0 字节）"),),
        )
    )
    assert list(lines) == [
        "退回、不能读 1 份：",
        "  坏.xlsx：文件是空的（0 字节）",
        "待确认 1 个：",
        "  第1局：1.xlsx、1改.xlsx",
        "有错误须改正 1 个：",
        "  第2局：错误 3 处（2.xlsx）",
        "未报、未报齐 1 个：",
        "  第3局  张三  0750-1234567",
    ]


def test_nothing_to_do_prints_nothing_and_says_review() -> None:
    done = now(unit(1, UnitStatus.REPORTED))
    assert list(standing_lines(done)) == []
    assert list(next_steps(done, INBOX, BOOK, RETURN)) == ["打开 汇总.xlsx 复核"]


def test_long_lists_are_cut_and_say_where_the_rest_is() -> None:
    absent = [unit(number, UnitStatus.ABSENT) for number in range(SHOWN + 7)]
    lines = list(standing_lines(now(*absent)))
    assert lines[0] == f"未报、未报齐 {SHOWN + 7} 个："
    assert len(lines) == 1 + SHOWN + 1
    assert lines[-1] == "  还有 7 个，见汇总的“报送情况”。"
    assert "还有" not in "".join(standing_lines(now(*absent[:SHOWN])))


def test_long_reasons_are_cut() -> None:
    (_, line) = standing_lines(now(files=(returned("坏.xlsx", "长" * 500),)))
    assert line == f"  坏.xlsx：{'长' * 60}……"


def test_names_from_outside_cannot_reach_the_terminal() -> None:
    lines = "".join(standing_lines(now(files=(returned("\x1b[2J.xlsx", "\x1b[2J\n"),))))
    assert "\x1b" not in lines
    assert "\n" not in lines


def test_counts_name_projects_where_there_are_any() -> None:
    assert count_line(now(unit(1, UnitStatus.REPORTED))).startswith("单位：应报 1：已报 1，退回 0")
    project = Collection(
        folder="报送",
        roster="",
        files=(),
        units=(replace(unit(1, UnitStatus.REPORTED, project="桥"), listed=False),),
        findings=(),
    )
    told = "单位（项目）：已报 1；没有名单，不知道谁没有报。"
    assert count_line(standing(project)) == told


def test_what_is_missing_of_several_is_named() -> None:
    half = (
        replace(unit(1, UnitStatus.REPORTED), owed=(Obligation("无专项资金", file="1.xlsx"),)),
        replace(unit(1, UnitStatus.ABSENT), owed=(Obligation("项目支出", "农村公路"),)),
    )
    assert list(standing_lines(now(*half))) == [
        "未报、未报齐 1 个：",
        "  第1局  张三  0750-1234567  缺项目支出“农村公路”",
    ]
    assert "未报齐 1，" in count_line(now(*half))


def test_each_thing_to_do_has_its_step() -> None:
    faulty = [unit(number, UnitStatus.REPORTED, errors=1) for number in range(3)]
    busy = now(
        *faulty,
        unit(7, UnitStatus.PENDING),
        unit(8, UnitStatus.ABSENT),
        files=(returned("坏.xlsx", "坏"),),
    )
    back, confirm = next_steps(busy, INBOX, BOOK, RETURN)
    assert back == (
        "写退回件、通知、催报名单：xltool return；发还单位，改好的放进 报送，再汇总一次"
    )
    assert "--on-duplicate latest" in confirm
    _, given = next_steps(busy, INBOX, BOOK, RETURN, latest=True)
    assert given == "待确认的（分不出哪一份最晚）与单位核实，移走多余的，再汇总一次"


def test_who_has_only_to_be_reminded_is() -> None:
    (step,) = next_steps(now(unit(8, UnitStatus.ABSENT)), INBOX, BOOK, RETURN)
    assert step == "写催报名单：xltool return；照它联系未报的"


def finding(severity: Severity, code: str = "C120") -> Finding:
    return Finding(code, severity, "事", "办法。")


def test_only_the_serious_notices_are_printed_the_worst_first() -> None:
    found = [
        finding(Severity.NOTICE),
        *[finding(Severity.WARNING)] * SHOWN,
        finding(Severity.ERROR),
        finding(Severity.ERROR, say.SEVERAL.code),
    ]
    shown, left = notices(found)
    assert [one.severity for one in shown] == [Severity.ERROR, *[Severity.WARNING] * (SHOWN - 1)]
    assert left == 1
