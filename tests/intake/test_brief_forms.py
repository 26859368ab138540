"""测试用的、记录表只备几行的表，与备足了的读得一样。"""

from __future__ import annotations

import pytest
from collection_builder import filled
from form_files import form_file
from scheme_variants import PROJECT, SPECIAL, brief

from xltool.form.form import make_form
from xltool.intake.submission import understand_book
from xltool.scoring.catalogue import ready_scheme, ready_schemes
from xltool.xlsx.read import read_bytes

DAILY = {SPECIAL, PROJECT}  # 一张表一页的、一页上几张的，各看一个
EACH = [
    pytest.param(one.id, marks=() if one.id in DAILY else pytest.mark.nightly)
    for one in ready_schemes()
]


@pytest.mark.parametrize("scheme_id", EACH)
def test_a_brief_form_reads_as_a_full_one(scheme_id: str) -> None:
    scheme, _ = ready_scheme(scheme_id)
    contents = filled(scheme, rows=2)
    full, few = (
        understand_book(read_bytes(form_file(make_form(one, contents))), ready_schemes())
        for one in (scheme, brief(scheme))
    )
    assert full.submission is not None
    assert few.submission is not None
    assert few.findings == full.findings
    assert few.submission.entries == full.submission.entries
