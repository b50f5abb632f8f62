"""Read TOML files of law into records, refusing what is unknown, missing or of the wrong type."""

import types
import typing
from collections.abc import Callable, Hashable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from typing import Any, TypeVar

Record = TypeVar("Record")
Reader = Callable[[Any, str], Any]


class RefusedRecord(ValueError):
    """A record of law cannot be accepted; the message names the file and the record."""


def refuse(where: str, what: str) -> typing.NoReturn:
    """Refuse the record at `where` (file and code), saying what is wrong."""
    raise RefusedRecord(f"{where}:{what}")


def build(record: type[Record], raw: Mapping[str, Any], where: str) -> Record:
    """Make one record of the raw table, its nested tables included.

    Raises RefusedRecord on an unknown key, a missing key or a value of another type.
    """
    plan = _plan(typing.cast(Hashable, record))
    unknown = sorted(set(raw) - set(plan))
    if unknown:
        refuse(where, f"不认识的字段 {'、'.join(unknown)}")
    values: dict[str, Any] = {}
    for key, (name, reader, needed) in plan.items():
        if key in raw:
            values[name] = reader(raw[key], f"{where} {key}")
        elif needed:
            refuse(where, f"缺少字段 {key}")
    return record(**values)


@cache
def _plan(record: Hashable) -> dict[str, tuple[str, Reader, bool]]:
    """Return for each key of the file its field, the reader of its value and whether it is needed."""
    hints = typing.get_type_hints(record)
    return {
        str(f.metadata.get("key", f.name)): (f.name, _reader(hints[f.name]), _needed(f))
        for f in fields(typing.cast(type, record))
    }


def _needed(f: Field[Any]) -> bool:
    return f.default is MISSING and f.default_factory is MISSING


def _reader(hint: Any) -> Reader:
    if typing.get_origin(hint) is tuple:
        return _reader_of_list(_reader(typing.get_args(hint)[0]))
    if isinstance(hint, types.UnionType):
        return _reader(next(part for part in typing.get_args(hint) if part is not type(None)))
    if is_dataclass(hint):
        return lambda raw, where: build(typing.cast(type, hint), _value(raw, dict, where), where)
    return lambda raw, where: _value(raw, hint, where)


def _reader_of_list(read_one: Reader) -> Reader:
    return lambda raw, where: tuple(read_one(one, where) for one in _value(raw, list, where))


def _value(raw: Any, wanted: type, where: str) -> Any:
    if type(raw) is not wanted:
        refuse(where, f"应为 {wanted.__name__},现为 {raw!r}")
    return raw
