"""Processes that live and end together: the worker beside the server, and whatever the server starts."""

import ctypes
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_RESTART_AFTER_SECONDS = 5.0
_STOP_WITHIN_SECONDS = 10.0
_SET_SIGNAL_OF_PARENTS_DEATH = 1  # PR_SET_PDEATHSIG, <sys/prctl.h>


def end_with_parent() -> None:
    """Ask the kernel to end this process when the one that started it ends, however hard. Linux only."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_SIGNAL_OF_PARENTS_DEATH, signal.SIGTERM)


@contextmanager
def a_worker_beside() -> Iterator[None]:
    """A background worker in a process of its own; started again should it fall over."""
    stop = threading.Event()
    keeper = threading.Thread(target=_keep_worker_running, args=(stop,))
    keeper.start()
    try:
        yield
    finally:
        stop.set()
        keeper.join()


def _keep_worker_running(stop: threading.Event) -> None:
    while not stop.is_set():
        child = subprocess.Popen([sys.executable, "-m", "bansou.cli", "worker", "--with-parent"])
        while child.poll() is None and not stop.wait(0.2):
            pass
        if not stop.is_set():
            stop.wait(_RESTART_AFTER_SECONDS)
            continue
        child.terminate()
        try:
            child.wait(_STOP_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
