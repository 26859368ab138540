"""python -m xltool 与 xltool 命令相同。"""

from xltool.workers.import_path import leave_out_current_folder

if __name__ == "__main__":
    leave_out_current_folder(as_module=True)  # 此前什么也不要载入
    from xltool.cli import main

    main()
