"""Reads the objects of a folder made by Objects.java, and prints the result of each call of a Python reader.

One line per call: the name of the table in docs/reading.md, a tab, the row. The text of a call is the code that runs.
    read.py FOLDER [all]
"""

import glob
import gzip
import importlib.metadata
import io
import os
import sys
import zlib

LINES, FIRST = 15_000, 25  # of an object, of its first frame with lines
SUFFIX = {"zstd": ".ndjson.zst", "gzip": ".ndjson.gz"}
COLUMNS = "{id: 'VARCHAR', key: 'VARCHAR', received_at: 'TIMESTAMP', version: 'VARCHAR', token: 'VARCHAR', payload: 'JSON'}"
NAMES = ["id", "key", "received_at", "version", "token", "payload"]


def zlib_members(data):
    """Every member of gzip data: a decompressobj ends with its member, and keeps the rest of the data."""
    while data:
        member = zlib.decompressobj(31)
        yield member.decompress(data)
        data = member.unused_data


def zstandard_writer(data):
    out = io.BytesIO()
    with zstandard.ZstdDecompressor().stream_writer(out, closefd=False) as writer:
        writer.write(data)
    return out.getvalue()


def zstandard_copy(file):
    out = io.BytesIO()
    zstandard.ZstdDecompressor().copy_stream(file, out)
    return out.getvalue()


# (reader, package, codecs, call). In a call: data is the object's bytes, file is open on it, path is its name.
BYTES = [
    ("python-zstandard", "zstandard", "zstd", "zstandard.ZstdDecompressor().decompress(data)"),
    ("python-zstandard", "zstandard", "zstd", "zstandard.decompress(data)"),
    ("python-zstandard", "zstandard", "zstd", "zstandard.ZstdDecompressor().decompressobj().decompress(data)"),
    ("python-zstandard", "zstandard", "zstd", "zstandard.ZstdDecompressor().read_to_iter(file)"),
    ("python-zstandard", "zstandard", "zstd", "zstandard.ZstdDecompressor().decompress(data, allow_extra_data=False)"),
    ("python-zstandard", "zstandard", "zstd", "zstandard.open(path)"),
    ("python-zstandard", "zstandard", "zstd", "zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True).read()"),
    ("python-zstandard", "zstandard", "zstd", "zstandard.ZstdDecompressor().decompressobj(read_across_frames=True).decompress(data)"),
    ("python-zstandard", "zstandard", "zstd", "zstandard_copy(file)"),
    ("python-zstandard", "zstandard", "zstd", "zstandard_writer(data)"),
    ("backports.zstd", "backports.zstd", "zstd", "backports.zstd.ZstdDecompressor().decompress(data)"),
    ("backports.zstd", "backports.zstd", "zstd", "backports.zstd.decompress(data)"),
    ("backports.zstd", "backports.zstd", "zstd", "backports.zstd.open(path)"),
    ("pyzstd", "pyzstd", "zstd", "pyzstd.ZstdDecompressor().decompress(data)"),
    ("pyzstd", "pyzstd", "zstd", "pyzstd.decompress(data)"),
    ("pyzstd", "pyzstd", "zstd", "pyzstd.open(path)"),
    ("zstd", "zstd", "zstd", "zstd.decompress(data)"),
    ("Python", "", "gzip", "zlib.decompressobj(31).decompress(data)"),
    ("Python", "", "gzip", "zlib.decompress(data, 31)"),
    ("Python", "", "gzip", "zlib_members(data)"),
    ("Python", "", "gzip", "gzip.decompress(data)"),
    ("Python", "", "gzip", "gzip.open(path)"),
    ("smart_open", "smart_open", "zstd gzip", "smart_open.open(path, 'rb')"),
    ("fsspec", "fsspec", "zstd gzip", "fsspec.open(path, compression='infer').open()"),
    ("pyarrow", "pyarrow", "zstd gzip", "pyarrow.input_stream(path)"),
]

# The same with rows; path is a glob in a call whose fourth value says so. codec and suffix are the object's.
ROWS = [
    ("DuckDB", "duckdb", "glob", "duckdb.sql(f\"FROM read_json('{path}', format = 'newline_delimited', columns = {COLUMNS})\")"),
    ("DuckDB", "duckdb", "glob", "duckdb.sql(f\"FROM read_json('{path}')\")"),
    ("pandas", "pandas", "file", "pandas.read_json(path, lines=True, dtype=False)"),
    ("pandas", "pandas", "file", "pandas.read_json(path, lines=True, engine='pyarrow')"),
    ("polars", "polars", "glob", "polars.scan_lines(path).collect()"),
    ("polars", "polars", "glob", "polars.scan_ndjson(path, schema={name: polars.String for name in NAMES}).collect()"),
    ("polars", "polars", "glob", "polars.scan_ndjson(path).collect()"),
    ("pyarrow", "pyarrow", "file", "pyarrow.json.read_json(path)"),
    ("pyarrow", "pyarrow", "file", "pyarrow_json_of_columns(path)"),
    ("pyarrow", "pyarrow", "file", "pyarrow_csv_of_lines(path)"),
    ("pyarrow", "pyarrow", "glob", "pyarrow.dataset.dataset(glob.glob(path), format='json').to_table()"),
]
ROWS_ALL = [
    ("chDB", "chdb", "glob", "chdb.query(f\"SELECT json FROM file('{path}', 'JSONAsString')\")"),
    ("DataFusion", "datafusion", "glob", "datafusion_json(os.path.dirname(path), suffix, codec)"),
    ("Dask", "dask", "glob", "dask.bag.read_text(path, compression=codec).compute(scheduler='sync')"),
    ("Dask", "dask", "glob", "dask.dataframe.read_json(path, lines=True, compression=codec).compute(scheduler='sync')"),
    ("Daft", "daft", "glob", "daft.read_json(path).to_pydict()['id']"),
]


def pyarrow_json_of_columns(path):
    fields = pyarrow.schema([(name, pyarrow.string()) for name in NAMES if name != "payload"])
    options = pyarrow.json.ParseOptions(explicit_schema=fields, unexpected_field_behavior="ignore")
    return pyarrow.json.read_json(path, parse_options=options)


def pyarrow_csv_of_lines(path):
    return pyarrow.csv.read_csv(
        path,
        read_options=pyarrow.csv.ReadOptions(column_names=["line"]),
        parse_options=pyarrow.csv.ParseOptions(delimiter="\x01", quote_char=False),
    )


def datafusion_json(folder, suffix, codec):
    fields = pyarrow.schema([("id", pyarrow.string())])
    context = datafusion.SessionContext()
    return context.read_json(folder, schema=fields, file_extension=suffix, file_compression_type=codec).to_arrow_table()


def count(result):
    """How many lines a reader's result has: bytes, text, an iterable of either, or rows."""
    if isinstance(result, bytes):
        return result.count(b"\n")
    if isinstance(result, str):
        return result.count("\n")
    if type(result).__module__.startswith("chdb"):
        return bytes(result.bytes()).count(b"\n")
    if hasattr(result, "fetchall"):
        return len(result.fetchall())
    if hasattr(result, "read"):
        return count(result.read())
    if hasattr(result, "__len__"):
        return len(result)
    return sum(count(piece) for piece in result)


def outcome(names, codec, call, many):
    """What a call gives for some objects: many says that it takes all of them by a glob."""
    total = 0
    try:
        for path in [os.path.join(os.path.dirname(names[0]), "*" + SUFFIX[codec])] if many else names:
            with open(path if not many else names[0], "rb") as file:
                values = {"path": path, "file": file, "data": file.read(), "codec": codec, "suffix": SUFFIX[codec]}
                file.seek(0)
                total += count(eval(call, globals(), values))
    except Exception as failure:  # what a reader throws is its own
        print(f"{call}: {codec}: {type(failure).__name__}: {str(failure)[:200]!r}", file=sys.stderr)
        return "error"
    return {LINES: "all", FIRST: "**first frame only**", 0: "**none**"}.get(total, f"**{total} lines**")


def cell(root, folder, codecs, call, many=False):
    cells = []
    for codec in codecs:
        names = sorted(glob.glob(f"{root}/{codec}/{folder}/dt=*/hour=*/*"))
        cells.append(outcome(names, codec, call, many))
    return cells[0] if len(set(cells)) == 1 else ", ".join(f"{c}: {o}" for c, o in zip(codecs, cells))


def row(table, reader, package, call, cells):
    name = f"{reader} {importlib.metadata.version(package)}" if package else reader
    print(f"{table}\t| {name} | `{call}` | {' | '.join(cells)} |", flush=True)


def main(root, everything):
    for reader, package, codecs, call in BYTES:
        codecs = codecs.split()
        cells = [cell(root, "plain", [c], call) if c in codecs else "–" for c in SUFFIX]
        row("python", reader, package, call, [*cells, cell(root, "hour", codecs, call)])
    for table, calls in (("rows", ROWS), ("rows-all", ROWS_ALL if everything else [])):
        for reader, package, kind, call in calls:
            cells = [cell(root, "plain", [c], call, kind == "glob") for c in SUFFIX]
            cells += [cell(root, folder, list(SUFFIX), call, kind == "glob") for folder in ("hour", "types", "odd")]
            row(table, reader, package, call, cells)


if __name__ == "__main__":
    everything = sys.argv[2:] == ["all"]
    import backports.zstd
    import duckdb
    import fsspec
    import pandas
    import polars
    import pyarrow
    import pyarrow.csv
    import pyarrow.dataset
    import pyarrow.json
    import pyzstd
    import smart_open
    import zstandard
    import zstd

    if everything:
        import chdb
        import daft
        import dask.bag
        import dask.dataframe
        import datafusion
    main(sys.argv[1], everything)
