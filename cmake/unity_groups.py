#!/usr/bin/env python3
"""Which sources of one library or program may be compiled as one: prints a CMake list of group numbers, one a source.

Files compiled together see each other's file-level names. Two files are kept apart when one has a name of its own (in an
unnamed namespace, static, a macro, or brought in by using) that the other writes anywhere: so no name hides or changes another.

    unity_groups.py strict MOST SOURCE…   at most MOST sources a group
    unity_groups.py loose MOST SOURCE…    for tests: kept apart only where both have the name; a local one may hide it
"""
import re
import sys

TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|#[^\n]*(?:\\\n[^\n]*)*'
    r'|[A-Za-z_]\w*|\d[\w.\']*|::|->|\S', re.S)
WORD = re.compile(r"[A-Za-z_]\w*$")
NOT_NAMES = frozenset(
    "alignas auto bool break case catch char class concept const constexpr consteval constinit continue default delete do "
    "double else enum explicit extern false final float for friend if inline int long mutable namespace new noexcept "
    "nullptr operator override private protected public requires return short signed sizeof static struct switch template "
    "this throw true try typedef typename union unsigned using virtual void volatile while co_await co_return co_yield "
    "static_assert static_cast std size_t ptrdiff_t uint64_t int64_t uint32_t int32_t uint16_t uint8_t int8_t".split())


def tokens(text):
    for found in TOKEN.finditer(text):
        token = found.group()
        if token[0] in "\"'#" or token.startswith(("//", "/*", 'R"')):
            continue
        yield token


def own_names(words):
    """The file-level names of a token list: what stands before ( = { ; [ , or after class, struct, enum, using."""
    names, scopes, statement, inside = set(), [], [], 0
    # scopes: one entry an open brace: "n" a named namespace, "a" an unnamed one, "o" anything else.
    for at, word in enumerate(words):
        if word == "{":
            if inside == 0 and statement and statement[0] == "namespace" or statement[:2] == ["inline", "namespace"]:
                scopes.append("a" if len(statement) == 1 else "n")
                statement = []
                continue
            scopes.append("o")
            if all(scope != "o" for scope in scopes[:-1]) and inside == 0:
                names |= declared(statement, "a" in scopes)
            continue
        if word == "}":
            if scopes:
                scopes.pop()
            if "o" not in scopes:
                # A function's body has no ; after it; a struct's or an initialiser's has.
                if at + 1 < len(words) and words[at + 1] != ";":
                    statement = []
            continue
        if "o" in scopes:
            continue
        inside += (word == "(") - (word == ")")
        if word == ";" and inside == 0:
            names |= declared(statement, "a" in scopes)
            statement = []
            continue
        statement.append(word)
    return names


def declared(statement, unnamed):
    """The names of one statement at file level. What using brings in is written out, so that the same twice is told from two."""
    if not statement:
        return set()
    first = statement[0]
    if first == "using":
        brought = "".join(statement[1:])
        if statement[1:2] == ["namespace"]:
            return {brought}
        return {statement[1]} if "=" in statement else {brought}
    if first == "namespace":
        return {statement[1]} if "=" in statement else set()
    if first.startswith(("TEST", "INSTANTIATE_TEST")):
        return {statement[2] + "_" + statement[4]} if len(statement) > 4 else set()
    for at, word in enumerate(statement[:-1]):
        if word in ("struct", "class", "enum", "union") and statement[at + 1] not in ("class", "struct"):
            return {statement[at + 1]} if WORD.match(statement[at + 1]) else set()
        if word in ("(", "="):
            break
    if not unnamed and not {"static", "constexpr", "inline", "template"} & set(statement) and first != "const":
        return set()
    found = set()
    for at, word in enumerate(statement):
        following = statement[at + 1] if at + 1 < len(statement) else ";"
        if WORD.match(word) and word not in NOT_NAMES and following in ("(", "=", "[", ";"):
            if not (at and statement[at - 1] in ("::", ".", "->")):
                found.add(word)
            if following == "(":
                break
        if word == "=":
            break
    return found


def names_of(own):
    """The bare names: of using a::b it is b."""
    return {name.split("::")[-1] for name in own}


def apart(a, b):
    """Whether two files, each (own names, names it must not meet in another), have to be compiled apart."""
    (own_a, says_a), (own_b, says_b) = a, b
    same = {name for name in own_a & own_b if "::" in name or name.startswith("namespace")}
    return bool(names_of(own_a - same) & says_b or names_of(own_b - same) & says_a)


def main():
    strict, most, sources = sys.argv[1] == "strict", int(sys.argv[2]), sys.argv[3:]
    files = []
    for source in sources:
        with open(source, encoding="utf-8") as file:
            text = file.read()
        words = list(tokens(text))
        own = own_names(words) | set(re.findall(r"^\s*#\s*define\s+(\w+)", text, re.M))
        files.append((own, names_of(own).union(words if strict else ())))
    groups = []  # lists of indices
    numbers = []
    for at in range(len(sources)):
        for number, group in enumerate(groups):
            if len(group) < most and not any(apart(files[at], files[other]) for other in group):
                group.append(at)
                break
        else:
            groups.append([at])
            number = len(groups) - 1
        numbers.append(number)
    print(";".join(str(number) for number in numbers), end="")


if __name__ == "__main__":
    main()
