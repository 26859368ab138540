"""python -m xltool 与 xltool 命令相同。

当前文件夹里有 xltool.py 的，Python 先载入了它，轮不到这里；站在收来的文件夹里，用 xltool 命令，
或 python -P -m xltool。
"""

from xltool.workers.import_path import leave_out_current_folder

if __name__ == "__main__":
    leave_out_current_folder(as_module=True)  # 此前什么也不要载入
    from xltool.cli import main

    main()
