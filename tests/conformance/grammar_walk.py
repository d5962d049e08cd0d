"""Programs written token by token from the grammar, laid out as nobody would: comments and line ends
inside brackets, continuation lines, odd indentation, needless parentheses, nested f-strings, blank
lines with stray blanks. Most are valid; some have one token too many, too few or another.

A walk makes lines, each an indentation depth and a list of tokens; `Layout` turns them into text.
"""

from __future__ import annotations

import random
from collections.abc import Callable

Tokens = list[str]
Line = tuple[int, Tokens]

NAMES = ["a", "b", "x", "y", "data", "self", "_", "__x", "match", "case", "type", "lazy", "print",
         "é", "ﬁ", "名前", "x1", "Ünïcode", "𝔘", "ª", "f", "rb", "u", "soft", "async_"]  # fmt: skip
NUMBERS = ["0", "1", "00", "0_0", "7", "42", "1_000", "0x_fF", "0XdeadBEEF", "0o17", "0O_7", "0b101",
           "0B_1", "1.", ".5", "1.5", "1e5", "1E-3", "1_0.0_1e1_0", "1j", ".5J", "1e3j", "0j", "010.5",
           "9" * 40, "1e400", "0.1", "123456789.123456789", "5e-324", "00e0", "0777j"]  # fmt: skip
TEXTS = ["", "a", "it", " ", "\\n", "\\x41", "\\u00e9", "\\U0001F600", "\\N{BULLET}", "\\101", "\\8",
         "\\q", "é", "😀", "\\\n", "\\\\", "#", "{", "}", "\t", "%s", "\\0", "\\ud800", "a\\", "\\777",
         "\x0c", "🇩🇪", "\\N{LATIN SMALL LETTER A}"]  # fmt: skip
BINARY = ["+", "-", "*", "/", "//", "%", "@", "<<", ">>", "&", "|", "^", "**", "and", "or"]
COMPARE = [
    ["<"],
    [">"],
    ["=="],
    ["!="],
    ["<="],
    [">="],
    ["in"],
    ["not", "in"],
    ["is"],
    ["is", "not"],
]
AUGMENTED = ["+=", "-=", "*=", "/=", "//=", "%=", "@=", "<<=", ">>=", "&=", "|=", "^=", "**="]
SPOILERS = ["(", ")", "[", "]", "{", "}", ":", ",", "=", ":=", "*", "**", ".", ";", "->", "@", "if", "else",
            "for", "in", "lambda", "not", "is", "yield", "await", "async", "del", "as", "with", "def", "import",
            "from", "None", "True", "0", "x", "'", '"', "f'{", "!", "$", "?", "`", "\\", "~", "...", "<>",
            "except", "return", "match", "case", "_", "print", "0x", "1__0", "'''", "\u00a0", "\x00"]  # fmt: skip


def is_bytes(tokens: Tokens) -> bool:
    return "b" in tokens[0].partition("'")[0].partition('"')[0].lower()


class Walk:
    def __init__(self, seed: str, size: int = 60) -> None:
        self.random = random.Random(seed)
        self.left = size
        self.quotes: list[str] = []  # of the f-strings around
        self.lines: list[Line] = []

    # ---- choice ---------------------------------------------------------------------------------

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def one(self, *choices: Callable[[], Tokens]) -> Tokens:
        return self.random.choice(choices)()

    def some(self, make: Callable[[], Tokens], low: int = 0, high: int = 3) -> list[Tokens]:
        count = self.random.randint(low, high if self.left > 0 else low)
        return [make() for _ in range(count)]

    def separated(self, items: list[Tokens], trailing: float = 0.3) -> Tokens:
        out: Tokens = []
        for number, item in enumerate(items):
            out += [","] if number else []
            out += item
        return out + ([","] if items and self.chance(trailing) else [])

    # ---- expressions ----------------------------------------------------------------------------

    def name(self) -> Tokens:
        return [self.random.choice(NAMES)]

    def number(self) -> Tokens:
        return [self.random.choice(NUMBERS)]

    def quote(self) -> str | None:
        free = [
            q for q in ("'", '"', "'''", '"""') if all(q[0] != taken[0] for taken in self.quotes)
        ]
        return self.random.choice(free) if free else None

    def string(self) -> Tokens:
        quote = self.quote()
        if quote is None:
            return self.name()
        prefix = self.random.choice(["", "", "", "r", "R", "u", "U", "b", "B", "br", "Rb", "rB"])
        texts = [self.random.choice(TEXTS) for _ in range(self.random.randint(0, 4))]
        if self.quotes:
            texts = [text for text in texts if "\\" not in text and "#" not in text]
        if "b" in prefix.lower():
            texts = [text for text in texts if text.isascii()]
        if "r" in prefix.lower():
            texts = [text for text in texts if not text.endswith("\\")]
        texts = ["a" if text == "a\\" else text for text in texts]
        if len(quote) == 3 and self.chance(0.3):
            texts.insert(
                self.random.randint(0, len(texts)), self.random.choice(["\n", "\n\n  ", "\r\n"])
            )
        return [prefix + quote + "".join(texts) + quote]

    def fstring(self) -> Tokens:
        quote = self.quote()
        if quote is None or len(self.quotes) > 1:
            return self.name()
        prefix = self.random.choice(["f", "F", "rf", "fR", "Fr", "f", "f"])
        self.quotes.append(quote)
        out = prefix + quote
        for _ in range(self.random.randint(0, 4)):
            if self.chance(0.5):
                text = self.random.choice([*TEXTS, "{{", "}}", "{{}}", "!", ":", "="])
                if text in ("{", "}", "a\\") or ("\n" in text and "r" in prefix.lower()):
                    text = "x"
                out += text
            else:
                out += self.field(0, len(quote) == 3)
        self.quotes.pop()
        return [out + quote]

    def field(self, depth: int, lines: bool) -> str:
        tokens = self.one(self.expression, self.name, self.name, self.star_list, self.atom)
        if any("\\" in token or "#" in token for token in tokens) and self.chance(0.98):
            tokens = self.name()
        if self.chance(0.05):
            tokens = ["yield", *tokens]
        if tokens[0] in ("lambda",) or (":=" in tokens and self.chance(0.9)):
            tokens = ["(", *tokens, ")"]
        layout = Layout(self.random, comments=False, lines=lines)
        text = layout.tokens(tokens)
        out = "{" + (" " if text.startswith("{") else "") + text
        out += self.random.choice(["", "", "", " "])
        out += self.random.choice(["=", " = "]) if self.chance(0.15) else ""
        out += self.random.choice(["!r", "!s", "!a"]) if self.chance(0.25) else ""
        if self.chance(0.35):
            out += ":"
            for _ in range(self.random.randint(0, 3)):
                if depth == 0 and self.chance(0.5):
                    out += self.field(1, lines)
                else:
                    out += self.random.choice(
                        [">10", "", "%H:%M", ".2f", "!r", "é", "#x", "=", " "]
                    )
        return out + "}"

    def strings(self) -> Tokens:
        out = self.one(self.string, self.fstring)
        while self.chance(0.25):
            more = self.one(self.string, self.fstring)
            if is_bytes(more) == is_bytes(out) or self.chance(0.02):
                out = out + more
        return out

    def atom(self) -> Tokens:
        self.left -= 1
        if self.left <= 0:
            return self.one(self.name, self.number, lambda: ["..."], self.name)
        return self.one(
            self.name, self.name, self.name, self.number, self.strings, self.strings, self.parenthesized,
            self.listed, self.braced, lambda: [self.random.choice(["None", "True", "False", "...", "__debug__"])],
        )  # fmt: skip

    def parenthesized(self) -> Tokens:
        return ["(", *self.one(
            lambda: [], self.expression, self.star_list, self.named, self.comprehended, self.yielded,
            self.expression,
        ), ")"]  # fmt: skip

    def listed(self) -> Tokens:
        inner = self.one(
            lambda: self.separated(self.some(self.starred_or_named, 0, 4)), self.comprehended
        )
        return ["[", *inner, "]"]

    def pair(self) -> Tokens:
        if self.chance(0.15):
            return ["**", *self.primary()]
        return [*self.expression(), ":", *self.expression()]

    def braced(self) -> Tokens:
        inner = self.one(
            lambda: self.separated(self.some(self.pair, 0, 3)),
            lambda: self.separated(self.some(self.starred_or_named, 1, 3)),
            lambda: [*self.expression(), ":", *self.expression(), *self.clauses()],
            self.comprehended,
        )
        return ["{", *inner, "}"]

    def comprehended(self) -> Tokens:
        return [*self.named(), *self.clauses()]

    def clauses(self) -> Tokens:
        out: Tokens = []
        while True:
            out += ["async"] if self.chance(0.1) else []
            out += ["for", *self.targets(), "in", *self.binary()]
            while self.chance(0.3):
                out += ["if", *self.binary()]
            if not self.chance(0.25):
                return out

    def named(self) -> Tokens:
        return [*self.name(), ":=", *self.expression()] if self.chance(0.12) else self.expression()

    def starred_or_named(self) -> Tokens:
        return ["*", *self.binary()] if self.chance(0.12) else self.named()

    def star_list(self) -> Tokens:
        def item() -> Tokens:
            return ["*", *self.primary()] if self.chance(0.15) else self.expression()

        items = self.some(item, 1, 3)
        out = self.separated(items)
        return [*out, ","] if len(items) == 1 and items[0][0] == "*" and out[-1] != "," else out

    def argument(self) -> Tokens:
        return self.one(
            self.expression, self.expression, self.named, lambda: ["*", *self.expression()],
            lambda: [*self.name(), "=", *self.expression()], lambda: ["**", *self.expression()],
        )  # fmt: skip

    def arguments(self) -> Tokens:
        if self.chance(0.12):
            return self.comprehended()
        items = self.some(self.argument, 0, 4)
        if self.chance(0.9):  # in an order that is allowed

            def rank(item: Tokens) -> int:
                return 2 if item[0] == "**" else 1 if "=" in item[1:2] else 0

            items.sort(key=rank)
        return self.separated(items)

    def slice(self) -> Tokens:
        if self.chance(0.5):
            return self.starred_or_named()
        out: Tokens = []
        out += self.expression() if self.chance(0.6) else []
        out += [":"]
        out += self.expression() if self.chance(0.6) else []
        if self.chance(0.3):
            out += [":"]
            out += self.expression() if self.chance(0.5) else []
        return out

    def primary(self) -> Tokens:
        out = self.atom()
        while self.left > 0 and self.chance(0.4):
            out = out + self.one(
                lambda: [".", *self.name()],
                lambda: ["(", *self.arguments(), ")"],
                lambda: ["[", *self.separated(self.some(self.slice, 1, 2), 0.15), "]"],
            )
        return ["await", *out] if self.chance(0.03) else out

    def unary(self) -> Tokens:
        out = self.primary()
        while self.chance(0.15):
            out = [self.random.choice(["-", "+", "~"]), *out]
        return out

    def binary(self) -> Tokens:
        self.left -= 1
        out = self.unary()
        while self.left > 0 and self.chance(0.3):
            out = out + [self.random.choice(BINARY)] + self.unary()
        if self.chance(0.12):
            out = out + [*self.random.choice(COMPARE), *self.unary()]
            if self.chance(0.3):
                out = out + [*self.random.choice(COMPARE), *self.unary()]
        return ["not", *out] if self.chance(0.07) else out

    def expression(self) -> Tokens:
        self.left -= 1
        if self.left <= 0:
            return self.atom()
        pick = self.random.random()
        if pick < 0.07:
            return [*self.binary(), "if", *self.binary(), "else", *self.expression()]
        if pick < 0.12:
            return ["lambda", *self.parameters(False), ":", *self.expression()]
        return self.binary()

    def yielded(self) -> Tokens:
        return self.one(
            lambda: ["yield"],
            lambda: ["yield", *self.star_list()],
            lambda: ["yield", "from", *self.expression()],
        )

    # ---- targets and parameters -----------------------------------------------------------------

    def target(self) -> Tokens:
        pick = self.random.random()
        if pick < 0.6 or self.left <= 0:
            return self.name()
        if pick < 0.7:
            return [*self.primary(), ".", *self.name()]
        if pick < 0.8:
            return [*self.primary(), "[", *self.slice(), "]"]
        if pick < 0.9:
            return ["(", *self.targets(), ")"]
        return ["[", *self.targets(), "]"]

    def targets(self) -> Tokens:
        def item() -> Tokens:
            return ["*", *self.target()] if self.chance(0.08) else self.target()

        return self.target() if self.chance(0.6) else self.separated(self.some(item, 1, 3))

    def parameter(self, annotated: bool, default: float) -> Tokens:
        out = self.name()
        out += [":", *self.expression()] if annotated and self.chance(0.3) else []
        return out + (["=", *self.expression()] if self.chance(default) else [])

    def parameters(self, annotated: bool) -> Tokens:
        items: list[Tokens] = []
        defaulted = 0.0
        for _ in range(self.random.randint(0, 3)):
            defaulted = 1.0 if defaulted or self.chance(0.2) else 0.0
            items.append(self.parameter(annotated, defaulted))
        if items and self.chance(0.2):
            items.insert(self.random.randint(1, len(items)), ["/"])
        if self.chance(0.25):
            star = self.chance(0.5)
            own = ["*", *self.name()] if star else ["*"]
            if star and annotated and self.chance(0.3):
                own += [":", *(["*"] if self.chance(0.4) else []), *self.expression()]
            items.append(own)
            items += [
                self.parameter(annotated, 0.4) for _ in range(self.random.randint(not star, 2))
            ]
        if self.chance(0.15):
            items.append(["**", *self.parameter(annotated, 0.0)])
        return self.separated(items, 0.15)

    # ---- patterns -------------------------------------------------------------------------------

    def pattern(self) -> Tokens:
        self.left -= 1
        out = self.closed_pattern()
        while self.chance(0.15):
            out = [*out, "|", *self.closed_pattern()]
        return [*out, "as", *self.name()] if self.chance(0.12) else out

    def pattern_number(self) -> Tokens:
        out = (["-"] if self.chance(0.3) else []) + self.number()
        return out + [self.random.choice("+-"), "2j"] if self.chance(0.2) else out

    def dotted(self) -> Tokens:
        return [
            *self.name(),
            *(x for _ in range(self.random.randint(1, 2)) for x in [".", *self.name()]),
        ]

    def closed_pattern(self) -> Tokens:
        if self.left <= 0:
            return self.name()

        def maybe_star() -> Tokens:
            return ["*", *self.name()] if self.chance(0.15) else self.pattern()

        def keyed() -> Tokens:
            key = self.one(self.pattern_number, self.string, self.dotted, lambda: ["None"])
            return [*key, ":", *self.pattern()]

        def fields() -> Tokens:
            items = self.some(self.pattern, 0, 2)
            items += self.some(lambda: [*self.name(), "=", *self.pattern()], 0, 2)
            return self.separated(items)

        def mapping() -> Tokens:
            items = self.some(keyed, 0, 2)
            items += [["**", *self.name()]] if self.chance(0.25) else []
            return ["{", *self.separated(items), "}"]

        return self.one(
            self.name, self.pattern_number, self.string, self.dotted,
            lambda: [self.random.choice(["None", "True", "False", "_"])],
            lambda: ["(", *self.pattern(), ")"],
            lambda: ["(", *self.separated(self.some(maybe_star)), ")"],
            lambda: ["[", *self.separated(self.some(maybe_star)), "]"],
            mapping,
            lambda: [*self.one(self.name, self.dotted), "(", *fields(), ")"],
        )  # fmt: skip

    # ---- statements -----------------------------------------------------------------------------

    def simple(self) -> Tokens:
        def assignment() -> Tokens:
            out: Tokens = []
            for _ in range(self.random.choice((1, 1, 1, 2))):
                out += [*self.targets(), "="]
            return out + self.one(self.star_list, self.expression, self.yielded)

        def annotated() -> Tokens:
            target = self.one(
                self.name, lambda: ["(", *self.name(), ")"], lambda: [*self.primary(), ".", *self.name()],
                lambda: [*self.primary(), "[", *self.slice(), "]"],
            )  # fmt: skip
            out = [*target, ":", *self.expression()]
            return out + (
                ["=", *self.one(self.star_list, self.yielded)] if self.chance(0.5) else []
            )

        def augmented() -> Tokens:
            target = self.one(self.name, lambda: [*self.primary(), ".", *self.name()])
            return [*target, self.random.choice(AUGMENTED), *self.one(self.star_list, self.yielded)]

        def alias(dotted: bool) -> Tokens:
            out = self.dotted() if dotted and self.chance(0.4) else self.name()
            return out + (["as", *self.name()] if self.chance(0.3) else [])

        def from_import() -> Tokens:
            dots = [self.random.choice([".", "..", "..."])] if self.chance(0.3) else []
            dots += ["."] if dots and self.chance(0.2) else []
            module = self.one(self.name, self.dotted) if not dots or self.chance(0.6) else []
            if self.chance(0.15):
                return ["from", *dots, *module, "import", "*"]
            names = self.some(lambda: alias(False), 1, 3)
            if self.chance(0.4):
                return ["from", *dots, *module, "import", "(", *self.separated(names), ")"]
            return ["from", *dots, *module, "import", *self.separated(names, 0.02)]

        def raised() -> Tokens:
            out = ["raise"]
            out += self.expression() if self.chance(0.8) else []
            return out + (["from", *self.expression()] if len(out) > 1 and self.chance(0.3) else [])

        return self.one(
            self.star_list, self.star_list, assignment, assignment, annotated, augmented, self.yielded, raised,
            lambda: [self.random.choice(["pass", "break", "continue"])],
            lambda: ["return", *(self.star_list() if self.chance(0.7) else [])],
            lambda: ["del", *self.separated(self.some(self.target, 1, 2))],
            lambda: ["assert", *self.expression(), *([",", *self.expression()] if self.chance(0.3) else [])],
            lambda: ["import", *self.separated(self.some(lambda: alias(True), 1, 2), 0)],
            from_import,
            lambda: [self.random.choice(["global", "nonlocal"]), *self.separated(self.some(self.name, 1, 2), 0)],
        )  # fmt: skip

    def simple_line(self) -> Tokens:
        out = self.simple()
        while self.chance(0.12):
            out += [";", *self.simple()]
        return out + ([";"] if self.chance(0.05) else [])

    def suite(self, depth: int, header: Tokens) -> None:
        if self.chance(0.2):
            self.lines.append((depth, [*header, ":", *self.simple_line()]))
            return
        self.lines.append((depth, [*header, ":"]))
        self.block(depth + 1, 1, 3)

    def block(self, depth: int, low: int, high: int) -> None:
        for _ in range(self.random.randint(low, high)):
            self.statement(depth)
            if self.left <= 0:
                return

    def statement(self, depth: int) -> None:
        self.left -= 1
        if self.left <= 0 or depth > 6 or self.chance(0.6):
            self.lines.append((depth, self.simple_line()))
            return
        self.random.choice(
            (self.if_, self.while_, self.for_, self.with_, self.try_, self.def_, self.def_, self.class_,
             self.match_)
        )(depth)  # fmt: skip

    def if_(self, depth: int) -> None:
        self.suite(depth, ["if", *self.named()])
        while self.chance(0.3):
            self.suite(depth, ["elif", *self.named()])
        self.else_(depth)

    def else_(self, depth: int) -> None:
        if self.chance(0.3):
            self.suite(depth, ["else"])

    def while_(self, depth: int) -> None:
        self.suite(depth, ["while", *self.named()])
        self.else_(depth)

    def async_(self) -> Tokens:
        return ["async"] if self.chance(0.15) else []

    def for_(self, depth: int) -> None:
        self.suite(depth, [*self.async_(), "for", *self.targets(), "in", *self.star_list()])
        self.else_(depth)

    def with_(self, depth: int) -> None:
        def item() -> Tokens:
            return [*self.expression(), *(["as", *self.target()] if self.chance(0.5) else [])]

        items = self.some(item, 1, 3)
        inner = ["(", *self.separated(items), ")"] if self.chance(0.4) else self.separated(items, 0)
        self.suite(depth, [*self.async_(), "with", *inner])

    def try_(self, depth: int) -> None:
        self.suite(depth, ["try"])
        star = ["*"] if self.chance(0.25) else []
        handlers = self.random.randint(0, 2)
        for number in range(handlers):
            last = number == handlers - 1
            if last and not star and self.chance(0.3):
                self.suite(depth, ["except"])
                continue
            name = ["as", *self.name()] if self.chance(0.5) else []
            self.suite(depth, ["except", *star, *self.expression(), *name])
        if handlers:
            self.else_(depth)
        if not handlers or self.chance(0.3):
            self.suite(depth, ["finally"])

    def decorators(self, depth: int) -> None:
        while self.chance(0.2):
            self.lines.append((depth, ["@", *self.named()]))

    def def_(self, depth: int) -> None:
        self.decorators(depth)
        returns = ["->", *self.expression()] if self.chance(0.3) else []
        self.suite(
            depth, [*self.async_(), "def", *self.name(), "(", *self.parameters(True), ")", *returns]
        )

    def class_(self, depth: int) -> None:
        self.decorators(depth)
        bases = ["(", *self.arguments(), ")"] if self.chance(0.6) else []
        self.suite(depth, ["class", *self.name(), *bases])

    def match_(self, depth: int) -> None:
        self.lines.append((depth, ["match", *self.star_list(), ":"]))
        for _ in range(self.random.randint(1, 3)):
            pattern = self.pattern()
            if self.chance(0.2):
                pattern = self.separated([pattern, *self.some(self.pattern, 0, 2)])
            guard = ["if", *self.named()] if self.chance(0.25) else []
            self.suite(depth + 1, ["case", *pattern, *guard])


class Layout:
    """Tokens to text. `lines`: line ends may stand inside brackets."""

    def __init__(self, chosen: random.Random, comments: bool = True, lines: bool = True) -> None:
        self.random = chosen
        self.comments, self.lines = comments, lines
        self.ugly = chosen.choice((0.0, 0.02, 0.15))
        self.end = chosen.choice(("\n", "\n", "\n", "\r\n", "\r")) if comments else "\n"

    def comment(self) -> str:
        return self.random.choice(["# ", "#", "#! x", "# type: int", "#é", "# 'unclosed", "# \\"])

    def blank(self, needed: bool, depth: int, word_end: bool) -> str:
        roll = self.random.random()
        if self.lines and depth and roll < self.ugly:
            comment = self.comment() if self.comments and self.random.random() < 0.4 else ""
            return " " + comment + self.end + " " * self.random.randint(0, 9)
        if self.comments and roll > 1 - self.ugly / 2:
            return " \\" + self.end + self.random.choice(["", " ", "\t"])
        if needed:
            return self.random.choice([" ", " ", " ", "  ", "\t", " \f"]) if self.ugly else " "
        return self.random.choice(["", "", " "]) if self.ugly else ("" if word_end else " ")

    def tokens(self, tokens: Tokens) -> str:
        out, depth = "", 0
        for token in tokens:
            if out and token:
                last, first = out[-1], token[0]
                both_words = (last.isalnum() or last in "_.\"'" or last > "~") and (
                    first.isalnum() or first in "_.\"'" or first > "~"
                )
                both_marks = last in "+-*/%&|^=<>:!~@" and first in "=*/<>-:"
                out += self.blank(
                    both_words or both_marks, depth, token in ",)]}:." or last in "([{."
                )
            out += token
            if token in ("(", "[", "{"):
                depth += 1
            elif token in (")", "]", "}"):
                depth = max(0, depth - 1)
        return out

    def program(self, lines: list[Line]) -> str:
        widths = [self.random.choice([" ", "  ", "    ", "\t", "        ", "   "])]
        indents = [""]
        out = []
        for depth, tokens in lines:
            del indents[depth + 1 :]
            while len(indents) <= depth:
                if self.random.random() < 0.1:
                    widths.append(self.random.choice([" ", "\t", "     "]))
                indents.append(indents[-1] + widths[-1])
            if self.random.random() < self.ugly:
                out.append(
                    self.random.choice(["", "   ", "\t", "\f", "  # comment", "# -*-"]) + self.end
                )
            text = indents[depth] + self.tokens(tokens)
            if self.random.random() < self.ugly:
                text += " " + self.random.choice(["", self.comment(), "\f"])
            out.append(text + self.end)
        whole = "".join(out)
        if self.random.random() < 0.1:
            whole = whole.rstrip("\r\n")
        return whole


def spoil(lines: list[Line], chosen: random.Random) -> None:
    """One token too many, too few, or another."""
    at = chosen.randrange(len(lines))
    depth, tokens = lines[at]
    place = chosen.randrange(len(tokens))
    match chosen.randrange(6):
        case 0:
            del tokens[place]
        case 1:
            tokens.insert(place, chosen.choice(SPOILERS))
        case 2:
            tokens[place] = chosen.choice(SPOILERS)
        case 3:
            tokens.insert(place, tokens[place])
        case 4:
            lines[at] = (max(0, depth + chosen.choice((-1, 1))), tokens)
        case 5:
            other = chosen.randrange(len(tokens))
            tokens[place], tokens[other] = tokens[other], tokens[place]
    if not lines[at][1]:
        lines[at][1].append("pass")


def program(seed: str) -> bytes:
    """The same program for the same seed."""
    walk = Walk(seed, random.Random(f"size {seed}").choice((15, 40, 120)))
    walk.block(0, 1, 6)
    if walk.chance(0.15):
        spoil(walk.lines, walk.random)
    text = Layout(walk.random).program(walk.lines)
    bom = "\ufeff" if walk.chance(0.01) else ""
    return (bom + text).encode("utf-8", "surrogatepass")
