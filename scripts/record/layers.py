"""LayerStyle's colours, tones and frequencies: python3 layers.py COUNT FOLDER [NODE ...]"""
from common import *
import importlib

import layerstyle
found = {}
files = "color_correct_RGB color_correct_HSV color_correct_brightness_and_contrast color_correct_auto_brightness color_correct_auto_adjust"
files += " color_correct_auto_adjust_v2 color_correct_shadow_and_highlight hdr_effects hl_frequency_detail_restore motion_blur"
files += " layer_image_transform image_scale_by_aspect_ratio batch_selector image_hub color_picker any_rerouter"
for file in files.split():
    found.update(importlib.import_module("py." + file).NODE_CLASS_MAPPINGS)
count, out, which = int(sys.argv[1]), sys.argv[2], sys.argv[3:]


def some(*values):
    return lambda r, *_: values[r.randint(len(values))]


def whole(low, high):
    return lambda r, *_: int(r.randint(low, high + 1))


def part(low, high):
    return lambda r, *_: round(float(r.uniform(low, high)), 2)


percent = lambda r, *_: int(r.choice([0, 0, r.randint(-100, 101)]))
strength = lambda r, *_: int(r.choice([0, 100, 100, r.randint(101)]))
shift = lambda r, *_: int(r.choice([0, r.randint(-255, 256), r.randint(-40, 41)]))
factor = lambda r, *_: round(float(r.choice([1, r.uniform(0, 3), r.uniform(0.5, 1.5)])), 2)
own = {
    "LayerColor: RGB": dict(R=shift, G=shift, B=shift),
    "LayerColor: HSV": dict(H=shift, S=shift, V=shift),
    "LayerColor: Brightness & Contrast": dict(brightness=factor, contrast=factor, saturation=factor),
    "LayerColor: AutoBrightness": dict(strength=strength, saturation=shift),
    "LayerColor: AutoAdjust": {**dict.fromkeys(["brightness", "contrast", "saturation", "red", "green", "blue"], percent), "strength": strength},
    "LayerFilter: HDREffects": dict(hdr_intensity=part(0, 3), shadow_intensity=part(0, 1), highlight_intensity=part(0, 1), contrast=part(0, 1), enhance_color=part(0, 1)),
    "LayerUtility: HLFrequencyDetailRestore": dict(keep_high_freq=whole(0, 9), erase_low_freq=whole(0, 6), mask_blur=whole(0, 5)),
    "LayerFilter: MotionBlur": dict(angle=whole(-90, 90), blur=whole(1, 2)),
    "LayerUtility: LayerImageTransform": dict(x=whole(-6, 6), y=whole(-6, 6), scale=part(0.3, 1.8), aspect_ratio=part(0.5, 1.6), rotate=some(0.0, 90.0, 180.0, 30.0, -77.5, 201.25), anti_aliasing=some(0, 0, 2, 3)),
    "LayerUtility: ImageScaleByAspectRatio": dict(proportional_width=whole(1, 9), proportional_height=whole(1, 9), longest_side=whole(8, 60), round_to_multiple=some("8", "16", "None")),
    "LayerUtility: BatchSelector": dict(select=some("0,", "1", "2, 0", "none", "5,1")),
    "LayerUtility: ImageHub": dict(output=whole(1, 3), random_output=[False]),
    "LayerUtility: ColorPicker": dict(color=["#FFFFFF", "#12f", "#c83c28"]),
}
own["LayerColor: BrightnessContrastV2"] = own["LayerColor: Brightness & Contrast"]
own["LayerColor: AutoAdjustV2"] = own["LayerColor: AutoAdjust"]
for name in ("LayerColor: Color of Shadow & Highlight", "LayerColor: ColorofShadowHighlightV2"):
    own[name] = {side + key: factor for side in ("shadow_", "highlight_") for key in ("brightness", "saturation")}
    own[name].update(shadow_hue=shift, highlight_hue=shift)
calls = []
for i, (name, cls) in enumerate(found.items()):
    if (which and name not in which) or name.endswith("AnyRerouter"):
        continue
    more = dict(batch=(1, 2, 3)) if "Selector" in name else {}
    many = dict(count=2 * count) if name in ("LayerColor: AutoAdjustV2", "LayerColor: AutoBrightness") else dict(count=count)
    given = own.get(name, {})
    if name == "LayerUtility: ImageHub":
        given.update({k: [None] for k in cls.INPUT_TYPES()["optional"] if k[5] not in "123"})
    if name == "LayerUtility: ImageScaleByAspectRatio":
        more["optional"] = 0.8
    # a mask that lets nothing through, or no picture at all
    calls += record(cls, name, "LayerStyleColors", many["count"], 7 * i + 1, given, channels=(3, 3, 4), **{"optional": 0.7, "size": (9, 24), **more})
save(out, calls)
