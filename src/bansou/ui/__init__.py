"""The design system: components as template tags, style sheets, form manners and server-drawn pictures.

Nothing in here knows what the product is about; pages give the words.
"""
