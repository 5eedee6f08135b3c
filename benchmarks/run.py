"""Every benchmark, one after the other, each in a process of its own: `python benchmarks/run.py [name ...]`."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
SHARED = {"run.py", "common.py"}


def main(names: list[str]) -> int:
    files = sorted(path for path in HERE.glob("*.py") if path.name not in SHARED)
    chosen = [path for path in files if not names or any(name in path.stem for name in names)]
    failed = []
    for path in chosen:
        print(f"\n== {path.stem}", flush=True)
        if subprocess.run([sys.executable, str(path)], check=False).returncode:
            failed.append(path.stem)
    print(f"\n{len(chosen)} benchmarks" + (f", failed: {', '.join(failed)}" if failed else ""))
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
