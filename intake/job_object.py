"""Limits of the reading process on Windows: a job object around itself. Written from the documentation of
SetInformationJobObject and not yet proved on an office PC; where the calls fail, the parent's timeout still holds."""

from __future__ import annotations

import ctypes
import sys
from ctypes import wintypes

_BASIC_PROCESS_TIME = 0x0002
_ACTIVE_PROCESS = 0x0008
_PROCESS_MEMORY = 0x0100
_DIE_ON_UNHANDLED_EXCEPTION = 0x0400
_EXTENDED_LIMIT_INFORMATION = 9
_NO_CRASH_DIALOG = 0x0001 | 0x0002 | 0x8000


class _BasicLimits(ctypes.Structure):
    _fields_ = (
        ("PerProcessUserTimeLimit", ctypes.c_int64),
        ("PerJobUserTimeLimit", ctypes.c_int64),
        ("LimitFlags", ctypes.c_uint32),
        ("MinimumWorkingSetSize", ctypes.c_size_t),
        ("MaximumWorkingSetSize", ctypes.c_size_t),
        ("ActiveProcessLimit", ctypes.c_uint32),
        ("Affinity", ctypes.c_size_t),
        ("PriorityClass", ctypes.c_uint32),
        ("SchedulingClass", ctypes.c_uint32),
    )


class _ExtendedLimits(ctypes.Structure):
    _fields_ = (
        ("BasicLimitInformation", _BasicLimits),
        ("IoInfo", ctypes.c_uint64 * 6),
        ("ProcessMemoryLimit", ctypes.c_size_t),
        ("JobMemoryLimit", ctypes.c_size_t),
        ("PeakProcessMemoryUsed", ctypes.c_size_t),
        ("PeakJobMemoryUsed", ctypes.c_size_t),
    )


def limits(memory: int, seconds: int) -> _ExtendedLimits:
    """The structure Windows takes: committed bytes, user time in 100 ns, no further process, no waiting in a crash dialog."""
    wanted = _ExtendedLimits()
    basic = wanted.BasicLimitInformation
    basic.LimitFlags = _BASIC_PROCESS_TIME | _ACTIVE_PROCESS | _PROCESS_MEMORY | _DIE_ON_UNHANDLED_EXCEPTION
    basic.PerProcessUserTimeLimit = seconds * 10_000_000
    basic.ActiveProcessLimit = 1
    wanted.ProcessMemoryLimit = memory
    return wanted


def limit_process(memory: int, seconds: int) -> bool:
    """Put this process into a job with these limits; whether Windows took it. The job lives as long as the process."""
    if sys.platform != "win32":
        return False
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.SetErrorMode(_NO_CRASH_DIALOG)
    kernel.CreateJobObjectW.restype = wintypes.HANDLE
    kernel.CreateJobObjectW.argtypes = (ctypes.c_void_p, wintypes.LPCWSTR)
    kernel.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, ctypes.c_uint32)
    kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    job = kernel.CreateJobObjectW(None, None)
    wanted = limits(memory, seconds)
    return bool(
        job
        and kernel.SetInformationJobObject(job, _EXTENDED_LIMIT_INFORMATION, ctypes.byref(wanted), ctypes.sizeof(wanted))
        and kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
    )
