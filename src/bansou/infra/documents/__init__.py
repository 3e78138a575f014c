"""Paper: typeset a page of the program as PDF, the same on every machine.

A template is a Typst file that lies beside the web pages it belongs to and imports the shared style:

    #import "/infra/documents/base.typ": *
    #show: paper.with(title: content.title)

``content`` is handed over as JSON and arrives as strings, numbers, lists and dictionaries. A string put
into a Typst page is text and never markup, so what people typed cannot become code; templates therefore
never call ``eval`` (a test proves it).
"""

from bansou.infra.documents.render import Drawing, render_pdf

__all__ = ["Drawing", "render_pdf"]
