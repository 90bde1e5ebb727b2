"""The server as a whole: it stops when it is told to."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest
from support import free_port


@pytest.mark.parametrize("after_seconds", [0.0, 0.4, 1.0])
def test_one_ctrl_c_stops_it(data_dir: Path, after_seconds: float) -> None:
    port = free_port()
    child = subprocess.Popen(
        [Path(sys.executable).parent / "ibasho", "--data-dir", data_dir, "serve", "--port",
         str(port)],
        start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
            break
        except OSError:
            time.sleep(0.1)
    time.sleep(after_seconds)
    os.killpg(child.pid, signal.SIGINT)  # a terminal sends it to all of them
    try:
        child.wait(timeout=20)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5)
