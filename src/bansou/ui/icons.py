"""Line icons on a 20 × 20 grid, drawn with the text colour of their surroundings."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

SHAPES = {
    "lock": (
        '<rect x="4" y="9" width="12" height="8" rx="1.5" fill="currentColor"/>'
        '<path d="M6.5 9V6.5a3.5 3.5 0 017 0V9"/>'
    ),
    "info": '<circle cx="10" cy="10" r="7.5"/><path d="M10 9v5M10 5.8v.4"/>',
    "success": '<circle cx="10" cy="10" r="7.5"/><path d="M6.5 10.2l2.4 2.4 4.6-5"/>',
    "warning": '<path d="M10 3l7.5 13.5h-15z"/><path d="M10 8v4M10 14.2v.3"/>',
    "error": '<path d="M7 2.5h6L17.5 7v6L13 17.5H7L2.5 13V7z"/><path d="M10 6v5M10 13.6v.4"/>',
    "check": '<path d="M4 10.5l4 4 8-9"/>',
    "search": '<circle cx="9" cy="9" r="5.5"/><path d="M13.2 13.2L17.5 17.5"/>',
    "star": (
        '<path d="M10 2.2l2.3 5 5.4.6-4 3.7 1.1 5.4-4.8-2.7-4.8 2.7 1.1-5.4-4-3.7 5.4-.6z"'
        ' fill="currentColor" stroke="none"/>'
    ),
    "person": '<circle cx="10" cy="6.5" r="3.5"/><path d="M3 17.5c.6-4 3.3-6 7-6s6.4 2 7 6"/>',
    "chevron": '<path d="M5.5 8l4.5 4.5L14.5 8"/>',
    "arrow": '<path d="M3.5 10h12.5M11 5l5 5-5 5"/>',
    "back": '<path d="M16 14.5c0-5-3-7-7-7H4M7.5 4L4 7.5 7.5 11"/>',
    "calendar": (
        '<rect x="3" y="4.5" width="14" height="12.5" rx="1.5"/><path d="M3 8.5h14M7 2.5v3.5M13 2.5v3.5"/>'
    ),
    "print": '<path d="M6 7V3h8v4M6 14H3.5V7.5h13V14H14"/><path d="M6 11.5h8V17H6z"/>',
    "plus": '<path d="M10 4v12M4 10h12"/>',
}


def icon_svg(name: str) -> SafeString:
    """The icon as decoration (`aria-hidden`); the words beside it carry the meaning.

    A name that is not in `SHAPES` raises KeyError.
    """
    return format_html(
        '<svg class="icon" viewBox="0 0 20 20" width="20" height="20" fill="none" stroke="currentColor"'
        ' stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"'
        ' focusable="false">{}</svg>',
        mark_safe(SHAPES[name]),  # noqa: S308 - our own constants above
    )
