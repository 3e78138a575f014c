"""The documents name what exists: settings, terms, commands, links."""

import ast
import re
from urllib.parse import unquote

import pytest
from django.apps import apps

from tests.architecture.sources import ROOT, calls, modules, shown

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
# Read by the program, but not a setting of ours.
NOT_OURS = {"DJANGO_SETTINGS_MODULE"}


def settings_read():
    """Return the names of environment variables that the program reads."""
    readers = {"env", "env_on", "os.environ.get", "os.getenv", "os.environ.setdefault", "environ.get"}
    found = set()
    for path in modules():
        for _, name, node in calls(path):
            if name in readers and node.args and isinstance(node.args[0], ast.Constant):
                found.add(node.args[0].value)
    return found - NOT_OURS


def operations_page():
    return (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def test_every_setting_is_documented():
    assert {name for name in settings_read() if f"`{name}" not in operations_page()} == set()


def test_no_setting_is_documented_that_nobody_reads():
    tabled = set(re.findall(r"^\| `([A-Z][A-Z0-9_]+)", operations_page(), re.MULTILINE))
    assert tabled - settings_read() == set()


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_links_lead_to_files_that_exist(page):
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = re.findall(r"\]\(([^)\s]+)", text) + re.findall(r"<img[^>]+src=\"([^\"]+)", text)
    local = [target.split("#")[0] for target in targets if not re.match(r"[a-z]+:", target)]
    assert [target for target in local if target and not (page.parent / unquote(target)).exists()] == []


def test_every_command_of_the_makefile_explains_itself():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    promised = re.search(r"^\.PHONY: (.*)", makefile, re.MULTILINE).group(1).split()
    explained = re.findall(r"^([a-z-]+):.*## \S", makefile, re.MULTILINE)
    assert sorted(explained) == sorted(promised)


def test_every_model_is_named_as_in_the_glossary():
    rows = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    own = [model for model in apps.get_models() if model.__module__.startswith("bansou.")]
    assert own
    missing = {
        f"{model._meta.verbose_name} | `{model.__name__}`"
        for model in own
        if not any(str(model._meta.verbose_name) in row and f"`{model.__name__}`" in row for row in rows)
    }
    assert missing == set()
