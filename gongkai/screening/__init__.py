"""Findings in content that is to be made public: personal data, hidden data, what could not be checked."""

from gongkai.screening.finding import Finding
from gongkai.screening.screen import screen, screen_file, screen_html, screen_text

__all__ = ["Finding", "screen", "screen_file", "screen_html", "screen_text"]
