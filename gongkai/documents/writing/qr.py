"""Draw QR codes."""

import io

import segno


def qr_svg(text: str, *, border: int = 2) -> str:
    """Return a QR code as an SVG picture of its own."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=border, xmldecl=False, nl=False)
    return out.getvalue().decode("utf-8")


def qr_png(text: str, *, scale: int = 8, border: int = 2) -> bytes:
    """Return a QR code as PNG; scale is pixels a module."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="png", scale=scale, border=border)
    return out.getvalue()
