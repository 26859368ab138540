"""代替标注的函数：有的会死、会卡住；在工作进程里按名字载入，连同它要的。"""

from __future__ import annotations

import os
import time

from xltool.marking.annotate import Job  # noqa: TC001 - loaded with the worker, before its time is counted


def strange(job: Job) -> bytes:
    """有的死，有的卡住，有的照常。"""
    if job.data == b"die":
        os._exit(1)
    if job.data == b"hang":
        time.sleep(60)
    return job.data
