"""Every template of the package compiles: tags exist, blocks close, and what it extends is there."""

import os
import sys
from pathlib import Path

import django
from django.template import TemplateDoesNotExist, TemplateSyntaxError, loader
from django.template.base import Template
from django.template.loader_tags import ExtendsNode, IncludeNode

PACKAGE = Path("src/bansou")


def names() -> list[str]:
    """Return each template as the loader knows it: the path below a folder called ``templates``."""
    found = (path for path in PACKAGE.rglob("*") if path.is_file() and "templates" in path.parts)
    return sorted({"/".join(path.parts[path.parts.index("templates") + 1 :]) for path in found})


def constant_targets(template: Template) -> list[str]:
    """Return the templates this one names with a fixed string."""
    extends = [node.parent_name.var for node in template.nodelist.get_nodes_by_type(ExtendsNode)]
    includes = [node.template.var for node in template.nodelist.get_nodes_by_type(IncludeNode)]
    return [target for target in extends + includes if isinstance(target, str)]


def finding(name: str) -> str | None:
    try:
        backend = loader.get_template(name)
        for target in constant_targets(backend.template):
            loader.get_template(target)
    except TemplateSyntaxError as error:
        return f"{name}: {error}"
    except TemplateDoesNotExist as error:
        return f"{name}: there is no template {error}"
    return None


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bansou.config.settings")
    django.setup()
    findings = [said for name in names() if (said := finding(name))]
    sys.stdout.write("".join(f"{said}\n" for said in findings))
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
