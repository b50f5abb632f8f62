"""Open zip packages (docx, xlsx) without trusting what they declare."""

import io
import posixpath
import re
import zipfile
import zlib
from functools import cached_property

from lxml import etree

from gongkai.documents.reading.refusal import EncryptedFile, Unreadable, ZipBomb

MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 100
# Below this size a high ratio is ordinary (a long empty sheet) and harmless.
RATIO_FROM = 5 * 1024 * 1024
MAX_MEMBERS = 10_000

PARSER_OPTIONS = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}


class Package:
    """A guarded zip: refuses bombs by its directory, and again while reading, as sizes can lie."""

    def __init__(self, data: bytes) -> None:
        """Open; raises ZipBomb, EncryptedFile, Unreadable."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise Unreadable from error
        members = self._zip.infolist()
        self.names = [member.filename for member in members]
        self._left = MAX_UNPACKED
        unpacked = sum(member.file_size for member in members)
        if unpacked > MAX_UNPACKED or len(members) > MAX_MEMBERS:
            raise ZipBomb
        if unpacked > RATIO_FROM and unpacked > MAX_RATIO * len(data):
            raise ZipBomb
        if any(member.flag_bits & 1 for member in members):
            raise EncryptedFile
        if len(set(self.names)) != len(self.names):
            raise Unreadable("文件内部有重名内容,可能被改动过,没有打开。请用办公软件打开原件,另存一份再上传。")

    def __contains__(self, name: str) -> bool:
        return name in self._known

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.names)

    def read(self, name: str) -> bytes:
        """Return one member's bytes; raises ZipBomb when more comes out than allowed."""
        try:
            with self._zip.open(name) as member:
                data = member.read(self._left + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            NotImplementedError,
            RuntimeError,
            KeyError,
            EOFError,
        ) as error:
            raise Unreadable from error
        self._left -= len(data)
        if self._left < 0:
            raise ZipBomb
        return data

    def xml(self, name: str) -> etree._Element:
        """Return one member parsed; raises Unreadable when it is not well formed."""
        return parse_xml(self.read(name))

    def matching(self, pattern: str) -> list[str]:
        """List the members whose whole name matches, in natural order."""
        found = [name for name in self.names if re.fullmatch(pattern, name)]
        return sorted(found, key=lambda name: [int(x) if x.isdigit() else x for x in re.split(r"(\d+)", name)])

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """Return id → (last word of the type, target inside the package) of one member's relations."""
        folder, base = posixpath.split(name)
        rels = posixpath.join(folder, "_rels", base + ".rels")
        if rels not in self:
            return {}
        return {
            item.get("Id", ""): (
                item.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/", folder, item.get("Target", ""))).lstrip("/"),
            )
            for item in self.xml(rels)
            if item.get("TargetMode") != "External"
        }


def parse_xml(data: bytes) -> etree._Element:
    """Parse XML without entities, DTD or network; raises Unreadable."""
    try:
        return etree.fromstring(data, etree.XMLParser(**PARSER_OPTIONS))  # type: ignore[arg-type]
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable from error


def local(element: etree._Element) -> str:
    """Return the tag without its namespace (strict and transitional files differ only there)."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element | None, name: str, default: str = "") -> str:
    """Return an attribute by its local name."""
    if element is None:
        return default
    for key, value in element.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return default


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """Return the first descendant along a path of local names."""
    for name in path:
        if element is None:
            return None
        element = next((item for item in element if local(item) == name), None)
    return element
