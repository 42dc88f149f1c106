"""Records test/vectors/png-public.json: what Pillow makes of PNG files that other projects test their decoders with.

python3 scripts/png_public.py FOLDER …  with Debian's Pillow 9.4; the folders hold the PNG files of python-pillow/Pillow (Tests/images) and
of image-rs/image-png (tests). Files of up to 900 bytes are kept with their answer, but for PngSuite's, which
have a test of their own.
"""
import base64
import hashlib
import io
import json
import os
import sys
import warnings

from PIL import Image, __version__

warnings.simplefilter("ignore")
MOST = 900


def answer(data):
    """Width, height and a hash of RGBA bytes, or of 16-bit gray as numbers; None where Pillow refuses the file."""
    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
            image.load()
            wide = image.mode in ("I", "I;16", "I;16B")
            made = image.convert("I") if wide else image.convert("RGBA")
            numbers = made.tobytes()
            return {"size": list(image.size), "wide": wide, "sha256": hashlib.sha256(numbers).hexdigest()}
    except Exception:
        return None


def files(folders):
    for folder in folders:
        for place, _, names in sorted(os.walk(folder)):
            for name in sorted(names):
                if "pngsuite" not in os.path.join(place, name) and name.lower().endswith((".png", ".apng")):
                    with open(os.path.join(place, name), "rb") as file:
                        yield name.split("__")[-1], file.read()


if __name__ == "__main__":
    kept, seen = [], set()
    for name, data in files(sys.argv[1:]):
        made = answer(data)
        key = hashlib.sha256(data).digest()
        if len(data) > MOST or key in seen:
            continue
        seen.add(key)
        kept.append({"name": name, "png": base64.b64encode(data).decode(), "expected": made})
    here = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(here, "..", "test", "vectors", "png-public.json"), "w") as file:
        lines = ",\n".join(json.dumps(one) for one in kept)
        file.write('{"source": "Pillow %s", "files": [\n%s\n]}\n' % (__version__, lines))
    print(len(kept), "files,", sum(one["expected"] is None for one in kept), "refused")
