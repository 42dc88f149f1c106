"""Records test/vectors/orientation.json: small PNG files and how Pillow's exif_transpose turns them.

Run it where Pillow 9.4 is: python3 scripts/orientation.py. The pictures are 3 x 2, gray, 0 to 5.
"""
import base64
import io
import json
import struct
import warnings
import zlib

from PIL import Image, ImageOps, __version__

warnings.simplefilter("ignore")  # it says that tag 274 has too many entries


def chunk(name, data):
    body = name + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def png(before, after=()):
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 3, 2, 8, 0, 0, 0, 0))
    data = chunk(b"IDAT", zlib.compress(bytes([0, 0, 1, 2, 0, 3, 4, 5])))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(before) + data + b"".join(after) + chunk(b"IEND", b"")


LETTERS = {1: "B", 2: "B", 3: "H", 4: "I", 5: "II", 6: "b", 7: "B", 8: "h", 9: "i", 10: "ii", 11: "f", 12: "d", 13: "I"}


def exif(value, end, kind=3, count=1, front=b"", tag=274):
    one = struct.pack(end + LETTERS[kind], *((value, 1) if kind in (5, 10) else (value,)))
    data, far = one * count, b""
    if len(data) > 4:
        data, far = struct.pack(end + "I", 26), data
    head = (b"II*\0" if end == "<" else b"MM\0*") + struct.pack(end + "IH", 8, 1)
    return front + head + struct.pack(end + "HHI", tag, kind, count) + data.ljust(4, b"\0") + bytes(4) + far


def profile(block):
    digits = block.hex()
    lines = [digits[i : i + 72] for i in range(0, len(digits), 72)]
    return ("\nexif\n%8d\n" % len(block) + "\n".join(lines) + "\n").encode()


def text(keyword, value, kind=b"tEXt"):
    keyword = keyword.encode()
    if kind == b"zTXt":
        return chunk(kind, keyword + b"\0\0" + zlib.compress(value))
    return chunk(kind, keyword + (b"\0\0\0\0\0" if kind == b"iTXt" else b"\0") + value)


RAW, XMP = "Raw profile type exif", "XML:com.adobe.xmp"
cases = []


def add(name, data):
    picture = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
    rows = [[picture.getpixel((x, y)) for x in range(picture.width)] for y in range(picture.height)]
    cases.append({"name": name, "png": base64.b64encode(data).decode(), "expected": rows})


for end, order in (("<", "little"), (">", "big")):
    for kind in LETTERS:
        for value in (6, 9):
            add(f"{value} as type {kind}, {order}-endian", png([chunk(b"eXIf", exif(value, end, kind))]))
        add(f"two of type {kind}, {order}-endian", png([chunk(b"eXIf", exif(8, end, kind, 2))]))
    block = exif(6, end)
    fronted = exif(6, end, front=b"Exif\0\0")
    other = chunk(b"eXIf", exif(6, end, tag=270))
    add(f"a profile in text, {order}-endian", png([text(RAW, profile(fronted))]))
    add(f"a profile in compressed text, {order}-endian", png([text(RAW, profile(fronted), b"zTXt")]))
    add(f"a profile without the letters in front, {order}-endian", png([text(RAW, profile(block))]))
    add(f"a profile behind the picture, {order}-endian", png([], [text(RAW, profile(fronted))]))
    add(f"text called exif, {order}-endian", png([text("exif", fronted)]))
    add(f"a block before a profile, {order}-endian", png([chunk(b"eXIf", exif(3, end)), text(RAW, profile(block))]))
    add(f"a block without it before a profile, {order}-endian", png([other, text(RAW, profile(block))]))
    add(f"a profile without it before XMP, {order}-endian", png([text(RAW, profile(exif(6, end, tag=270))), text(XMP, b'tiff:Orientation="8"', b"iTXt")]))
for value in range(10):
    add(f"XMP, {value} as an attribute", png([text(XMP, b'<x tiff:Orientation="%d"/>' % value, b"iTXt")]))
for name, xmp in (("an element", b"<tiff:Orientation>6</tiff:Orientation>"), ("two digits", b'tiff:Orientation="60"')):
    add(f"XMP, {name}", png([text(XMP, xmp, b"iTXt")]))
attribute = text(XMP, b'<x tiff:Orientation="6"/>', b"iTXt")
add("XMP behind the picture", png([], [attribute]))
add("XMP beside a block that says 1", png([chunk(b"eXIf", exif(1, "<")), attribute]))
add("XMP beside a block that says 9", png([chunk(b"eXIf", exif(9, "<")), attribute]))
add("XMP beside a block without it", png([chunk(b"eXIf", exif(3, "<", tag=270)), attribute]))
add("XMP in plain text", png([text(XMP, b'tiff:Orientation="6"')]))
add("two XMP", png([text(XMP, b'tiff:Orientation="3"', b"iTXt"), attribute]))

with open("test/vectors/orientation.json", "w") as out:
    parts = ",\n".join("    " + json.dumps(case) for case in cases)
    out.write('{\n  "source": "Pillow %s, ImageOps.exif_transpose",\n  "cases": [\n%s\n  ]\n}\n' % (__version__, parts))
print(len(cases), "cases")
