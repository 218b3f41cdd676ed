"""Compares docs/reading.md with the results of the readers.

page.py PAGE RESULTS            a line "ok" or "FAIL" for each table of RESULTS, which read.py and the others printed
page.py PAGE RESULTS --write    puts the rows of RESULTS into the page instead
page.py PAGE --run FOLDER       runs the page's examples in FOLDER, which has the objects as "telemetry"

A table follows a line <!-- readers: NAME -->, an example <!-- readers: run sql|python COUNT -->; COUNT is the number of
rows that its last statement must return.
"""

import contextlib
import os
import re
import sys


def tables(results):
    found = {}
    with open(results, encoding="utf-8") as file:
        for line in file:
            name, row = line.rstrip("\n").split("\t")
            found.setdefault(name, []).append(row)
    return found


def place(lines, name):
    """Where the rows of a table begin and end, its two head lines left out."""
    start = lines.index(f"<!-- readers: {name} -->") + 3
    end = start
    while end < len(lines) and lines[end].startswith("|"):
        end += 1
    return start, end


def hold(page, results, write):
    with open(page, encoding="utf-8") as file:
        lines = file.read().split("\n")
    for name, rows in tables(results).items():
        start, end = place(lines, name)
        if write:
            lines[start:end] = rows
        elif lines[start:end] == rows:
            print(f"ok   docs/reading.md, readers of {name}: the {len(rows)} rows are what was found")
        else:
            print(f"FAIL docs/reading.md, readers of {name}: not what was found; docs/readers/test --write mends it")
            for row in rows:
                if row not in lines[start:end]:
                    print(f"     found: {row}")
            for row in lines[start:end]:
                if row not in rows:
                    print(f"     page:  {row}")
    if write:
        with open(page, "w", encoding="utf-8") as file:
            file.write("\n".join(lines))


def run(page, folder):
    import duckdb

    with open(page, encoding="utf-8") as file:
        text = file.read()
    os.chdir(folder)
    values = {}
    examples = re.findall(r"<!-- readers: run (\w+) (\d+) -->\n```\w+\n(.*?)```", text, re.DOTALL)
    for number, (language, count, code) in enumerate(examples, 1):
        title = f"{number}, {language}"
        try:
            if language == "sql":
                rows = None
                for statement in duckdb.extract_statements(code):
                    relation = duckdb.sql(statement.query)
                    rows = rows if relation is None else relation
                found = len(rows.fetchall())
            else:
                with contextlib.redirect_stdout(sys.stderr):
                    exec(code, values)
                found = len(values["lines"])
        except Exception as failure:
            found = f"{type(failure).__name__}: {str(failure)[:300]}"
        if str(found) == count:
            print(f"ok   docs/reading.md, example {title}: {count} lines")
        else:
            print(f"FAIL docs/reading.md, example {title}: {found} instead of {count}")


if __name__ == "__main__":
    if sys.argv[2] == "--run":
        run(os.path.abspath(sys.argv[1]), sys.argv[3])
    else:
        hold(sys.argv[1], sys.argv[2], sys.argv[3:] == ["--write"])
