"""`bansou migrate` and `bansou manage …`: the tables, and Django's own commands."""

import argparse

from django.core.management import call_command, execute_from_command_line
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def run_migrate(given: argparse.Namespace) -> int:
    bring_up_to_date(verbosity=1)
    print("データベースの準備ができました。")
    return 0


def run_manage(given: argparse.Namespace) -> int:
    execute_from_command_line(["bansou manage", *given.rest])
    return 0


def pending_migrations() -> list[str]:
    """Names of the migrations this database has not seen."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{step.app_label}.{step.name}" for step, _backwards in plan]


def bring_up_to_date(*, verbosity: int = 0) -> None:
    """Migrate, and make the table of the shared cache. Quick when there is nothing to do."""
    if pending_migrations():
        call_command("migrate", interactive=False, verbosity=verbosity)
    call_command("createcachetable", verbosity=0)
