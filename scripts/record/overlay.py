"""Code2Collapse's previews, boxes and stretched masks: python3 overlay.py FOLDER

The version of the pack before it left these nodes out is in SOURCES/C2C."""
from common import *
from upscale import taken
import json
import torch.nn.functional as F

space = dict(torch=torch, np=np, F=F, json=json)
for file, names in (("bbox_nodes", ["BBoxFromMask"]), ("mask_preview", ["MaskPreviewOverlay"]), ("mask_transform_xy", ["MaskTransformXY"])):
    space = taken(SOURCES + "C2C/%s.py" % file, names, space)
BBoxFromMask, MaskPreviewOverlay, MaskTransformXY = (space[name] for name in ("BBoxFromMask", "MaskPreviewOverlay", "MaskTransformXY"))

rng = np.random.RandomState(21)


def some(low, high):
    return lambda *_: int(rng.randint(low, high + 1))


def hard(channels=None):
    return lambda r, h, w, b: np.stack([noise(r, h, w, channels, r.randint(1, 3)) for _ in range(b)])


def boxes(r, *_):
    return [int(r.randint(-5, 12)), int(r.randint(-5, 12)), int(r.randint(1, 20)), int(r.randint(1, 20))]


calls = []
for mode in MaskPreviewOverlay.DISPLAY_MODES:
    for masked in (False, True):
        over = dict(display_mode=[mode], edge_width=some(0, 4), mask=hard(), bbox=boxes if masked else lambda *_: None)
        calls += record(MaskPreviewOverlay, "MaskPreviewOverlay", "Overlay", 3, len(calls), over)
# of another size and number than the picture
for i in range(4):
    over = dict(mask=lambda r, h, w, b: np.stack([noise(r, 14, 11, None, 2) for _ in range(1 + i % 2)]), edge_width=[0], display_mode=["overlay", "checkerboard", "mask_only", "side_by_side"][i : i + 1])
    calls += record(MaskPreviewOverlay, "MaskPreviewOverlay", "Overlay", 1, 40 + i, {**over, "bbox": lambda *_: None}, batch=(2, 3))
calls += record(BBoxFromMask, "BBoxFromMask", "Overlay", 10, 7, dict(padding=some(0, 4), padding_x=some(0, 4), padding_y=some(0, 4)))
for hard_edges in (False, True):
    over = dict(mask=hard(), expand_x=some(-3, 3), expand_y=some(-3, 3), offset_x=some(-6, 6), offset_y=some(-6, 6), blur_x=[0.0, 1.5, 4.0], blur_y=[0.0, 0.5, 3.0], feather=[0.0, 2.0], threshold=[0.4321] if hard_edges else [0.0])
    calls += record(MaskTransformXY, "MaskTransformXY", "Overlay", 10, 9, over, size=(30, 60))
save(sys.argv[1], calls, near=dict(MaskTransformXY=1e-6, MaskPreviewOverlay=1e-6))
