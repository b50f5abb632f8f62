"""Where the law files are."""

from pathlib import Path

LAW_ROOT = Path(__file__).resolve().parents[2] / "law"
