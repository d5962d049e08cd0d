"""Answers requests on standard input as `unspool debug ast --batch` does, by CPython's own parser.

A request is a line: a path, or `=N` followed by N bytes and a line end. An answer is a line:
`ok DIGEST` (SHA-256 of the dump), `ok -` where CPython accepts but cannot dump, `error ROW MESSAGE`,
`unreadable MESSAGE`, or `gives-up REASON` where CPython runs out of stack or memory. `?PATH` and
`?=N` ask for the dump itself: `ok N` and N bytes. With --compile it is compile() that is asked, and
there is no dump; with --symtable the dump is that of symtable.symtable(). Runs under any interpreter from 3.8 on (which has no dump to compare with), with
the standard library only.
"""

import ast
import hashlib
import symtable
import sys
import warnings


def read_request(stream):
    line = stream.readline()
    if not line:
        return None
    line = line.rstrip(b"\n")
    full = line.startswith(b"?")
    if full:
        line = line[1:]
    if line.startswith(b"="):
        source = stream.read(int(line[1:]))
        stream.read(1)
        return full, source
    try:
        with open(line.decode(), "rb") as file:
            return full, file.read()
    except OSError as error:
        return full, error


# What a symbol is said to be, in the engine's order; newer versions have more of them.
PROPERTIES = [
    "referenced",
    "imported",
    "parameter",
    "type_parameter",
    "global",
    "declared_global",
    "nonlocal",
    "local",
    "annotated",
    "free",
    "cell",
    "free_class",
    "assigned",
    "comp_iter",
    "comp_cell",
    "namespace",
]
METHODS = [
    (name, getattr(symtable.Symbol, "is_" + name))
    for name in PROPERTIES
    if hasattr(symtable.Symbol, "is_" + name)
]


def symbol_tables(table, level, lines):
    margin = "  " * level
    head = "%s%s %s, line %d" % (margin, table.get_type(), table.get_name(), table.get_lineno())
    for name in ("nested", "optimized"):
        if getattr(table, "is_" + name)():
            head += ", " + name
    if table.has_children():
        head += ", has_children"
    lines.append(head)
    for symbol in sorted(table.get_symbols(), key=lambda symbol: symbol.get_name()):
        words = ", ".join(name for name, holds in METHODS if holds(symbol))
        lines.append("%s  . %s: %s" % (margin, symbol.get_name(), words))
    for child in table.get_children():
        symbol_tables(child, level + 1, lines)


def answer(full, source, dump, compiling, tables):
    if isinstance(source, OSError):
        return "unreadable %s" % source
    try:
        if compiling:
            compile(source, "<input>", "exec", dont_inherit=True)
        elif tables:
            lines = []
            symbol_tables(symtable.symtable(source, "<input>", "exec"), 0, lines)
            text = "".join(line + "\n" for line in lines).encode()
            if full:
                return "ok %d\n%s" % (len(text), text.decode())
            return "ok " + hashlib.sha256(text).hexdigest()
        else:
            tree = ast.parse(source)
    except SyntaxError as error:
        # The compiler has no line (-1) for what it puts in behind a statement.
        return "error %s %s" % (max(error.lineno or 0, 0), error.msg)
    except ValueError as error:
        return "error 0 %s" % error
    except (RecursionError, MemoryError, OverflowError, SystemError) as error:
        return "gives-up %s" % type(error).__name__
    if compiling or not dump or sys.version_info < (3, 9):
        return "ok -"
    try:
        text = ast.dump(tree, include_attributes=True, indent=2).encode()
    except (ValueError, RecursionError, MemoryError):
        return "ok -"
    if full:
        return "ok %d\n%s" % (len(text), text.decode())
    return "ok " + hashlib.sha256(text).hexdigest()


def main():
    warnings.simplefilter("ignore")
    dump = "--no-dump" not in sys.argv
    compiling = "--compile" in sys.argv
    tables = "--symtable" in sys.argv
    while True:
        request = read_request(sys.stdin.buffer)
        if request is None:
            return
        head, _, body = answer(*request, dump, compiling, tables).partition("\n")
        if body and not head.startswith("ok "):
            head, body = head + " " + body.replace("\n", " "), ""
        text = head + "\n" + (body + "\n" if body else "")
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
