"""ComfyUI's common_upscale, which nodes of many packs call, by its description; and classes out of a file."""
import ast

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image


def lanczos(samples, width, height):
    images = [Image.fromarray(np.clip(255.0 * i.movedim(0, -1).cpu().numpy(), 0, 255).astype(np.uint8)) for i in samples]
    images = [i.resize((width, height), resample=Image.Resampling.LANCZOS) for i in images]
    return torch.stack([torch.from_numpy(np.array(i).astype(np.float32) / 255.0).movedim(-1, 0) for i in images])


def common_upscale(samples, width, height, method=None, crop="disabled", upscale_method=None):
    method = method or upscale_method
    part = samples
    if crop == "center":
        own_width, own_height = samples.shape[-1], samples.shape[-2]
        own, asked = own_width / own_height, width / height
        x = round((own_width - own_width * (asked / own)) / 2) if own > asked else 0
        y = round((own_height - own_height * (own / asked)) / 2) if own < asked else 0
        part = samples.narrow(-2, y, own_height - y * 2).narrow(-1, x, own_width - x * 2)
    if method == "lanczos":
        return lanczos(part, width, height)
    return F.interpolate(part, size=(height, width), mode=method)


def taken(file, names, given):
    """Classes and functions of a file, run among `given`."""
    text = open(file, encoding="utf8").read()
    found = {one.name: one for one in ast.parse(text).body if hasattr(one, "name")}
    for name in names:
        exec(ast.get_source_segment(text, found[name]), given)
    return given
