"""Names, sizes and habits of the code, each rule with its exceptions in the open."""

import ast
import re
import subprocess

import pytest
from pip._internal.models.index import PyPI

from tests.architecture.sources import PACKAGE, ROOT, calls, line_of, modules, shown, tree

LONGEST_MODULE = 400
# Modules that may be longer, and why.
LONGER_MODULES: dict[str, str] = {}

BANNED_MODULES = {"utils", "util", "helpers", "helper", "common", "misc", "managers", "manager"}
BANNED_NAMES = {"utils", "helpers", "common", "case", "data", "info", "process"}
# What the glossary says we do not call things; each is a whole word inside a class name.
BANNED_WORDS = {
    "Advisor",
    "Buyin",
    "Case",
    "Client",
    "Common",
    "Company",
    "Consultant",
    "Customer",
    "Hearing",
    "Helper",
    "Helpers",
    "Interview",
    "Meeting",
    "Organization",
    "Owner",
    "Utils",
}
# Names that other people's interfaces oblige us to use.
OBLIGED_NAMES: set[str] = {
    "data",  # django.forms.Form(data=…), and the body of a request
}
OBLIGED_CLASSES: set[str] = {
    "PracticeCase",  # the glossary's own name for 事例
}
AMERICAN = re.compile(r"(organization|advisor|behavior|favorite)", re.IGNORECASE)
# Files where American spelling has a reason.
THEIR_SPELLING: set[str] = {
    "docs/glossary.md",  # names what we do not say
}


def package_hosts():
    """Where packages come from by default, as the installer knows it: named by no file of ours."""
    files = ".".join(PyPI.file_storage_domain.split(".")[-2:])
    return files, f"//{PyPI.netloc}"


# Built from pieces, so that the rule does not find itself.
PLACES = re.compile(
    "|".join(
        [
            r"(?<![\w.])/" + "work/",
            r"(?<![\w.}])/" + r"tmp\b",
            r"(?<![\w.])/" + "root/",
            r"(?<![\w.])/" + r"home/\w+",
            "file:" + "///",
            *map(re.escape, package_hosts()),
            r"index" + r"[-_]url\s*=",
        ]
    )
)


def defined_names(path):
    """Yield line and name of each function, argument, and variable a module defines."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.lineno, node.name
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id


def repository_files():
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if listed.returncode:
        pytest.skip("this is not a checkout of the repository")
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def text_or_nothing(path):
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def test_modules_are_named_for_what_they_hold():
    parts = {shown(path): {*path.relative_to(PACKAGE).with_suffix("").parts} for path in modules()}
    assert {name for name, words in parts.items() if words & BANNED_MODULES} == set()


def test_names_say_what_a_thing_is():
    found = [
        f"{shown(path, line)} {name}"
        for path in modules()
        for line, name in defined_names(path)
        if name in BANNED_NAMES - OBLIGED_NAMES
    ]
    assert found == []


def test_classes_use_the_words_of_the_glossary():
    found = [
        f"{shown(path, node.lineno)} {node.name}"
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef) and node.name not in OBLIGED_CLASSES
        if BANNED_WORDS & set(re.findall(r"[A-Z][a-z]*", node.name))
    ]
    assert found == []


def test_spelling_is_british():
    found = [
        f"{shown(path, line_of(text, word.start()))} {word.group()}"
        for path in [*modules(), *PACKAGE.rglob("*.toml"), *(ROOT / "docs").rglob("*.md")]
        for text in [path.read_text(encoding="utf-8")]
        for word in AMERICAN.finditer(text)
        if shown(path) not in THEIR_SPELLING
    ]
    assert found == []


def test_modules_are_short_enough_to_be_read_at_once():
    lengths = {shown(path): path.read_text(encoding="utf-8").count("\n") for path in modules()}
    longer = {name for name, length in lengths.items() if length > LONGEST_MODULE}
    assert longer == set(LONGER_MODULES), (
        "the list of longer modules has to name exactly those that are longer"
    )


def test_only_the_design_system_declares_text_to_be_safe_html():
    found = [
        f"{shown(path, line)} {name}"
        for path in modules("apps", "web", "api", "cli", "config", "domain")
        for line, name, _ in calls(path)
        if name.split(".")[-1] in {"mark_safe", "SafeString", "SafeText"}
    ]
    assert found == []


def test_tests_never_wait_for_time_to_pass():
    waits = {"time.sleep", "sleep", "asyncio.sleep"}
    found = [
        f"{shown(path, line)} {name}"
        for path in (ROOT / "tests").rglob("*.py")
        for line, name, _ in calls(path)
        if name in waits or name.endswith(".wait_for_timeout")
    ]
    assert found == []


def test_every_folder_of_code_is_a_package():
    folders = {path.parent for room in ("tests", "src/bansou") for path in (ROOT / room).rglob("*.py")}
    assert [shown(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_the_repository_names_no_place_of_the_machine_it_was_written_on():
    found = [
        f"{shown(path, line_of(text, place.start()))} {place.group()}"
        for path in repository_files()
        for text in [text_or_nothing(path)]
        for place in PLACES.finditer(text)
    ]
    assert found == []
