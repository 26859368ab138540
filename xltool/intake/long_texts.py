"""字多得格里印不下的：说写了多少、印得下多少；照样读取，不拦报送。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.form.live.long_texts import too_long
from xltool.form.text_room import beyond

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.entry import Submission
    from xltool.finding import Finding
    from xltool.scheme.model import Scheme


def long_texts(scheme: Scheme, submission: Submission) -> Iterator[Finding]:
    """各格一条。"""
    entries = submission.entries
    for key, cell in beyond(scheme, ((key, one.raw) for key, one in entries.items())).items():
        yield too_long(cell, entries[key].raw, submission.place(key))
