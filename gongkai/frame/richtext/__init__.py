"""The one boundary through which rich text enters, is compared and leaves."""

from gongkai.frame.richtext.cleaning import clean, from_text, to_text
from gongkai.frame.richtext.difference import diff
from gongkai.frame.richtext.field import RichTextField, RichTextWidget

__all__ = ["RichTextField", "RichTextWidget", "clean", "diff", "from_text", "to_text"]
