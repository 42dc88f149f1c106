"""LayerStyle's Distort Displace: python3 displace.py COUNT FOLDER"""
from common import *
import importlib

import layerstyle
cls = importlib.import_module("py.distort_displace").LS_DistortDisplace
own = {"distort_strength": lambda r, h, w, b: float(r.choice([5, -3.5, 1.25, 0])), "smoothness": [0, 1, 3, 8], "anti_aliasing": [1, 2, 3, 5]}
own.update(shadow_strength=[0, 40, 75, 100], highlight_strength=[0, 30, 100])
required = cls.INPUT_TYPES()["required"]
for name in ("shadow_blend_mode", "highlight_blend_mode"):
    own[name] = [one for one in required[name][0] if one != "dissolve"]
save(sys.argv[2], record(cls, "LayerFilter: DistortDisplace", "Displace", int(sys.argv[1]), 3, own, channels=(3, 3, 4), optional=0.7))
