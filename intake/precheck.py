"""Pre-check of zipped workbooks: what would hang, abort or mislead a reader is refused before one sees it.

Two readers disagree about duplicate names, one reads files with a wrong checksum, both die of bombs: so nothing is left to them.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from typing import IO, Final
from xml.parsers import expat

from intake.limits import LIMITS, Limits
from intake.refusal import DAMAGED, RESAVE, Refusal
from intake.sniff import LOCKED

_ODD: Final = "文件内部结构不正常（{why}），为安全起见不予读取。" + RESAVE
_LARGE: Final = "文件解开后太大（{why}），不予读取。请只保留需要导入的表和行，另存为 .xlsx 后再导入。"

Attributes = Mapping[str, str]


def open_archive(data: bytes, limits: Limits = LIMITS) -> zipfile.ZipFile:
    """The zip, after its directory was checked: number, names and places of the parts, declared sizes and ratios."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = archive.infolist()
        _check_places(data, archive)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError, struct.error) as broken:
        raise Refusal(DAMAGED) from broken
    if len(parts) > limits.parts:
        raise Refusal(_ODD.format(why=f"内含 {len(parts):,} 个部件"))
    seen: set[str] = set()
    for part in parts:
        name = part.filename
        folded = name.replace("\\", "/").casefold()
        if folded in seen:
            raise Refusal(_ODD.format(why="部件重名"))
        seen.add(folded)
        if folded.startswith("/") or ":" in folded or ".." in folded.split("/") or part.orig_filename != name:
            raise Refusal(_ODD.format(why="部件名称越出文件"))
        if part.flag_bits & 1:
            raise Refusal(LOCKED)
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refusal(_ODD.format(why="压缩方法少见"))
        if part.file_size > limits.part:
            raise Refusal(_LARGE.format(why=f"一个部件超过 {limits.part >> 20} MB"))
        if part.file_size > 2**20 and part.file_size > limits.ratio * max(part.compress_size, 1):
            raise Refusal(_LARGE.format(why="压缩比异常"))
    if sum(part.file_size for part in parts) > limits.unpacked:
        raise Refusal(_LARGE.format(why=f"合计超过 {limits.unpacked >> 20} MB"))
    return archive


def _check_places(data: bytes, archive: zipfile.ZipFile) -> None:
    """Parts must lie one after another in the file: overlapping ones share one small bomb many times."""
    end = 0
    for part in sorted(archive.infolist(), key=lambda part: part.header_offset):
        if part.header_offset < end:
            raise Refusal(_ODD.format(why="部件互相重叠"))
        signature, name, extra = struct.unpack_from("<4s22xHH", data, part.header_offset)
        if signature != b"PK\x03\x04":
            raise Refusal(DAMAGED)
        end = part.header_offset + 30 + name + extra + part.compress_size
        if end > archive.start_dir:
            raise Refusal(_ODD.format(why="部件互相重叠"))


def walk(
    archive: zipfile.ZipFile,
    name: str,
    limits: Limits,
    *,
    opened: Callable[[str, Attributes], None] | None = None,
    closed: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
    fed: Callable[[int], None] | None = None,
) -> None:
    """Stream one XML part through the callbacks; `fed` hears the bytes read so far.

    Tags come as local names. Never resolves an entity or reads another file. Refuses a DOCTYPE, deep nesting, a wrong checksum.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = 65536
    depth = 0
    local: dict[str, str] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > limits.depth:
            raise Refusal(_ODD.format(why=f"部件 {name} 嵌套过深"))
        if opened is not None:
            if tag not in local:
                local[tag] = tag.rpartition(":")[2]
            opened(local[tag], attributes)

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        if closed is not None:
            closed(local.get(tag) or tag.rpartition(":")[2])

    def doctype(*_: object) -> None:
        raise Refusal(_ODD.format(why=f"部件 {name} 带有 DOCTYPE 声明"))

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = doctype
    parser.CharacterDataHandler = text
    try:
        with archive.open(name) as stream:
            _feed(parser, stream, limits.part, fed)
    except KeyError as missing:
        raise Refusal(_ODD.format(why=f"缺少部件 {name}")) from missing
    except (expat.ExpatError, zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as broken:
        raise Refusal(DAMAGED) from broken


def _feed(parser: expat.XMLParserType, stream: IO[bytes], most: int, fed: Callable[[int], None] | None) -> None:
    total = 0
    while block := stream.read(2**20):
        total += len(block)
        if total > most:
            raise Refusal(_LARGE.format(why="部件的实际大小超过声明"))
        parser.Parse(block)
        if fed is not None:
            fed(total)
    parser.Parse(b"", True)
