"""Japanese encodings as they are really written: with the vendors' letters (①, ㈱, 髙) that the standards lack."""

import re

_SHIFT = re.compile(rb"\x1b(\$[@B]|\([BJI])")
_NAMES = {
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932",
    "ms_kanji": "cp932", "cp932": "cp932", "euc-jp": "euc_jp", "x-euc-jp": "euc_jp", "euc_jp": "euc_jp",
    "iso-2022-jp": "iso2022_jp", "cp50220": "iso2022_jp", "csiso2022jp": "iso2022_jp",
}  # fmt: skip


def decode(content: bytes, name: str) -> str:
    """Turn bytes into letters by the name a file gives its encoding; raises UnicodeDecodeError, LookupError."""
    codec = _NAMES.get(name.lower(), name)
    if codec not in ("euc_jp", "iso2022_jp"):
        return content.decode(codec)
    try:
        return content.decode(codec)
    except UnicodeDecodeError:
        shifted = _from_euc(content) if codec == "euc_jp" else _from_escapes(content)
        return shifted.decode("cp932")


def _from_escapes(content: bytes) -> bytes:
    """ISO-2022-JP as Shift_JIS: every stretch between escape sequences by its own table."""
    first, *stretches = _SHIFT.split(content)
    parts = [first]
    for table, held in zip(stretches[::2], stretches[1::2], strict=True):
        if table.startswith(b"$"):
            # A line's end inside a stretch of pairs stands alone.
            parts += [
                _pairs(line) if line not in (b"\r", b"\n") else line for line in re.split(rb"([\r\n])", held)
            ]
        elif table == b"(I":
            parts.append(bytes(byte | 0x80 if byte > 0x20 else byte for byte in held))
        else:
            parts.append(held)
    return b"".join(parts)


def _from_euc(content: bytes) -> bytes:
    shifted = bytearray()
    place = 0
    while place < len(content):
        byte = content[place]
        if 0xA1 <= byte <= 0xFE and place + 1 < len(content):
            shifted += _pairs(bytes((byte & 0x7F, content[place + 1] & 0x7F)))
            place += 2
        elif byte == 0x8E and place + 1 < len(content):
            shifted.append(content[place + 1])
            place += 2
        else:
            shifted.append(byte)
            place += 1
    return bytes(shifted)


def _pairs(held: bytes) -> bytes:
    """Row and cell of JIS X 0208 as the two bytes of Shift_JIS."""
    shifted = bytearray()
    for row, cell in zip(held[::2], held[1::2], strict=False):
        lead = (row + 1) // 2 + (0x70 if row < 0x5F else 0xB0)
        tail = cell + (0x1F if cell < 0x60 else 0x20) if row % 2 else cell + 0x7E
        if not (0x21 <= row <= 0x7E and 0x21 <= cell <= 0x7E):
            lead, tail = 0x81, 0x00  # no letter: the decoder refuses it
        shifted += bytes((lead, tail))
    return bytes(shifted)
