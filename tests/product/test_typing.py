"""要打字的格有多少：公布的那份报告填成表，名单、上年的表预填以后还剩几格。"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from xltool.cli.prefilled import prefilled_forms
from xltool.facts.derived import derived_keys
from xltool.finding import Finding
from xltool.intake.submission import understand_whole
from xltool.migrating.starts import read_starts
from xltool.scheme.loader import parse_scheme
from xltool.scheme.model import SheetKind
from xltool.scoring.catalogue import ready_scheme, ready_schemes
from xltool.xlsx.limits import Limits
from xltool.xlsx.read import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xltool.migrating.starts import Starts
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Scheme

SAMPLES = Path(__file__).parents[2] / "sample_inputs"
SEED = SAMPLES / "inbox" / "江门市工业和信息化局.xlsx"
SPECIAL = "jiangmen-2025-special"
NEXT = f'[scheme]\nextends = "{SPECIAL}"\nid = "next"\nversion = "2"\nyear = 2025\n'
FROM_REPORT = "claims"  # 由报告的 .docx 读出，不打字
MOST = 180
Kind = tuple[str, str]
VERDICTS = ("拨付进度与实现值不符", "实现值写成了条件", "整改进展没有写")


def test_what_is_left_to_type() -> None:
    """头一年只有名单预填；第二年填同样大小的一份，上年的起了头的不用打，预期值总要逐个改，照打字算。

    上年复核写了要改正的几条，成为今年整改表的问题。
    """
    whole = understand_whole(read_bytes(SEED.read_bytes()), ready_schemes(), SEED.name)
    assert not isinstance(whole, Finding)
    filled = kinds(whole.old.scheme, whole.submission.entries)
    first = known(ready_scheme(SPECIAL)[0], None)
    second = known(parse_scheme(NEXT, "next.toml"), read_starts(SEED, Limits()))
    judged = read_starts(SEED, Limits())
    for listed in (*judged.by_name.values(), *judged.by_code.values()):
        listed[:] = [one._replace(form=one.form._replace(problems=VERDICTS)) for one in listed]
    third = known(parse_scheme(NEXT, "next.toml"), judged)
    left = [filled - one for one in (Counter[Kind](), first, second, third)]
    assert [one.total() for one in left] == [324, 313, 180, 174]
    by_sheet: Counter[str] = Counter()
    for (sheet, _), count in left[-1].items():
        by_sheet[sheet] += count
    assert by_sheet == {
        "cover": 1,
        "form": 26,
        "indicators": 46,
        "funds": 19,
        "finance": 20,
        "management": 29,
        "tasks": 17,
        "rectification": 16,
    }
    assert max(one.total() for one in left[2:]) <= MOST  # 只有上年的表，没有汇总，也不过


def kinds(scheme: Scheme, keys: Iterable[CellKey]) -> Counter[Kind]:
    """各表各栏（逐项表是各项）各几格；由报告读出的不算。"""
    records = {one.key for one in scheme.sheets if one.kind is not SheetKind.FIELDS}
    return Counter(
        (key.sheet, key.column if key.sheet in records else f"{key.row}.{key.column}")
        for key in keys
        if key.sheet != FROM_REPORT
    )


def known(scheme: Scheme, starts: Starts | None) -> Counter[Kind]:
    """预填好、不用再打的各格。"""
    forms = prefilled_forms([scheme], SAMPLES / "名单.xlsx", starts)
    (blank,) = [one for one in forms.blanks if SEED.stem in one.file]
    contents = blank.start.contents if blank.start else blank.contents
    written = [*contents, *derived_keys(scheme)]  # 封面上写着公式的
    return kinds(scheme, (key for key in written if key.column != "expected"))
