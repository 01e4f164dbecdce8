#!/usr/bin/env python3
"""man_page_test.py BINARY: the man page names every command and option that the binary has, and no other."""

import pathlib
import re
import subprocess
import sys

PAGE = pathlib.Path(__file__).resolve().parents[2] / "packaging/handrail.1"


def help_of(binary, command):
    return subprocess.run([binary, *command, "--help"], capture_output=True, text=True, check=True).stdout


def commands_of(binary, command=()):
    """Every command that can be run, as words, with its options."""
    said = help_of(binary, command)
    below = said.split("Subcommands:\n")[1] if "Subcommands:\n" in said else ""
    names = re.findall(r"^  ([a-z][a-z-]*)", below, re.M)
    options = set(re.findall(r"^  (?:-\w,)?(--[a-z-]+)", said, re.M))
    found = {} if names else {command: options}
    for name in names:
        found.update(commands_of(binary, command + (name,)))
    return found


def commands_in(page):
    """What stands after each .TP under COMMANDS: the words of the command, and the options on that line."""
    plain = page.replace("\\-", "-").replace("\\fI", "").replace("\\fR", "").replace('"', "")
    listed = {}
    part = plain[plain.index(".SH COMMANDS"):plain.index(".SH EXIT STATUS")]
    for line in re.findall(r"^\.TP\n\.\w+ (.*)$", part, re.M):
        words = re.match(r"((?:[a-z][a-z-]* ?)+)", line).group(1).split()
        # A command of several forms has a line for each.
        listed.setdefault(tuple(words), set()).update(re.findall(r"--[a-z-]+", line))
    return listed, set(re.findall(r"--[a-z]+[a-z-]*", plain))


def main():
    binary = sys.argv[1]
    has = commands_of(binary)
    listed, mentioned = commands_in(PAGE.read_text())
    wrong = []
    for command in sorted(set(has) - set(listed)):
        wrong.append("the page lacks: " + " ".join(command))
    for command in sorted(set(listed) - set(has)):
        wrong.append("the binary has no: " + " ".join(command))
    everywhere = {"--help", "--version", "--config", "--folder"}  # told once, above the commands that take them
    for command in sorted(set(has) & set(listed)):
        for option in sorted(has[command] - listed[command] - everywhere):
            wrong.append(f"{' '.join(command)}: the page lacks {option}")
        for option in sorted(listed[command] - has[command]):
            wrong.append(f"{' '.join(command)}: the binary has no {option}")
    for option in sorted(mentioned - everywhere - set().union(*has.values())):
        wrong.append(f"the page speaks of {option}, which no command has")
    for option in sorted(everywhere - mentioned):
        wrong.append(f"the page lacks {option}")
    if len(has) < 10:
        wrong.append(f"only {len(has)} commands were found in --help")
    print("\n".join(wrong) or f"{len(has)} commands")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
