"""Pictures drawn on the server as SVG text; the same string serves a page and a PDF."""
