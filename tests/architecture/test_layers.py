"""What import contracts cannot see: references by name, doors walked around, rooms without a place."""

import ast
import re

import pytest
from django.apps import apps

from tests.architecture.sources import PACKAGE, calls, contract, dotted, modules, project, shown, tree

APP_FILES = {
    "__init__.py",
    "apps.py",
    "events.py",
    "models.py",
    "operations.py",
    "policies.py",
    "querysets.py",
    "receivers.py",
}
APP_FOLDERS = {"migrations", "management"}
# Rooms an app was given beyond the fixed ones, and why.
NAMED_ROOMS = {
    "audit": {"fingerprints.py", "verification.py"},  # how a link is computed; how the chain is proved
    "businesses": {"importing.py", "list_columns.py"},  # how an office's own list is read, and its headings
    "dialogues": {"importing.py", "words.py"},  # a transcript file becomes a dialogue; verbs of single words
    # the method's texts; 引継ぎ of one or of all; the own page of the 経営者
    "engagements": {"guidance.py", "handing_over.py", "leader_access.py"},
    # what a sheet says; two pens in it; the norms it is scored with; files on their way in; the xlsx
    "sheets": {"reading.py", "merging.py", "norm_editions.py", "files.py", "workbook"},
}

# Changes without an actor given to them, and why.
ACTORLESS = {
    "accept_invitation",  # the actor is being born: who holds the link is all that is known
}

# The few places that may look up by themselves, and why.
WITHOUT_A_DOOR: set[str] = set()
LOOKUPS = re.compile(r"(\.objects(\(\))?\.a?get|(^|\.)get_object_or_404|(^|\.)get_list_or_404)$")


def own_models():
    return [model for model in apps.get_models() if model.__module__.startswith("bansou.")]


def test_models_are_imported_and_never_looked_up_by_name():
    found = [
        shown(path, line) for path in modules() for line, name, _ in calls(path) if name.endswith("get_model")
    ]
    assert found == []


def test_pages_and_api_open_records_through_the_doors_of_policies():
    found = {
        shown(path, line)
        for path in modules("web", "api")
        for line, name, _ in calls(path)
        if LOOKUPS.search(name) and shown(path) not in WITHOUT_A_DOOR
    }
    assert found == set()


def test_foreign_keys_point_down_the_order_of_apps():
    stack = [room.strip() for layer in contract("app-order")["layers"] for room in layer.split("|")]
    height = {f"bansou.apps.{name}": -place for place, name in enumerate(stack)}
    found = []
    for model in own_models():
        here = apps.get_containing_app_config(model.__module__).name
        for field in model._meta.get_fields():
            if field.auto_created or not field.is_relation or field.related_model is None:
                continue
            there = apps.get_containing_app_config(field.related_model.__module__).name
            if here in height and there in height and height[there] > height[here]:
                found.append(f"{model.__name__}.{field.name} points up to {there}")
    assert found == []


def test_an_app_holds_only_files_with_a_fixed_job():
    found = []
    for app in (path for path in (PACKAGE / "apps").iterdir() if (path / "__init__.py").exists()):
        files = {path.name for path in app.glob("*.py")}
        folders = {path.name for path in app.iterdir() if path.is_dir() and any(path.glob("*.py"))}
        found += [f"{app.name}/{name}" for name in files - APP_FILES - NAMED_ROOMS.get(app.name, set())]
        found += [f"{app.name}/{name}/" for name in folders - APP_FOLDERS - NAMED_ROOMS.get(app.name, set())]
    assert found == []


def test_an_empty_room_does_not_exist():
    found = [
        shown(path)
        for path in modules("apps")
        if path.name != "__init__.py" and not path.read_text(encoding="utf-8").strip()
    ]
    assert found == []


@pytest.mark.parametrize("contract_of", project()["tool"]["importlinter"]["contracts"], ids=lambda c: c["id"])
def test_import_contracts_have_no_exceptions(contract_of):
    assert "ignore_imports" not in contract_of
    assert contract_of.get("exhaustive", True) is True


def test_every_change_takes_the_actor_first_and_the_rest_by_name():
    found = [
        f"{shown(path, node.lineno)} {node.name}"
        for path in modules("apps")
        if path.name == "operations.py"
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        if "transaction.atomic" in map(dotted, node.decorator_list)
        if node.args.args or node.args.posonlyargs or [a.arg for a in node.args.kwonlyargs][:1] != ["actor"]
        if node.name not in ACTORLESS
    ]
    assert found == []
