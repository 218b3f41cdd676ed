"""A line a check, "ok   …" or "FAIL …", and the exit status."""

_failed = False


def check(name, holds, seen=""):
    global _failed
    _failed |= not holds
    print(f"ok   {name}" if holds else f"FAIL {name}: {seen}")


def skip(what):
    print(f"skip {what}")


def exit_status():
    return int(_failed)
