#!/usr/bin/env python3
"""Draws src/cli/glyphs.ts: the letters of sheets, DejaVu Sans at 13 pixels, sixteen grays (needs Pillow and the fonts of Debian's fonts-dejavu-core)."""
import base64
import zlib

from PIL import Image, ImageDraw, ImageFont

SIZE, ROWS = 13, 16
font = ImageFont.truetype("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", SIZE)
letters = "".join(map(chr, range(32, 127)))
widths, nibbles = [], []
for letter in letters:
    width = round(font.getlength(letter))
    image = Image.new("L", (width, ROWS))
    ImageDraw.Draw(image).text((0, 0), letter, font=font, fill=255)
    widths.append(width)
    nibbles += [(value + 8) // 17 for value in image.tobytes()]
nibbles += [0] * (len(nibbles) % 2)
packed = bytes(a << 4 | b for a, b in zip(nibbles[::2], nibbles[1::2]))
text = base64.b64encode(zlib.compress(packed, 9)).decode()
with open("src/cli/glyphs.ts", "w") as file:
    file.write("// DejaVu Sans at 13 pixels, as scripts/font.py draws it. From ' ' to '~': widths as letters, a for 0, and rows of 4-bit grays, deflated.\n")
    file.write(f"export const ROWS = {ROWS};\n")
    file.write(f"export const widths = '{''.join(chr(97 + w) for w in widths)}';\n")
    lines = [text[i : i + 110] for i in range(0, len(text), 110)]
    file.write("export const grays =\n  " + " +\n  ".join(f"'{line}'" for line in lines) + ";\n")
print(len(text), max(widths))
