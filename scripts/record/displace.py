"""LayerStyle's Distort Displace: python3 displace.py COUNT FOLDER"""
from common import *
import importlib

stand_in("folder_paths", "comfy", "comfy.model_management", "transformers", "tqdm", "nodes")
for name in ("get_output_directory", "get_temp_directory", "get_input_directory"):
    setattr(sys.modules["folder_paths"], name, lambda: ".")
sys.modules["folder_paths"].models_dir = "."
sys.modules["comfy"].model_management = sys.modules["comfy.model_management"]
sys.path += [SOURCES + "chflame163+ComfyUI_LayerStyle", SOURCES + "flrs+blend_modes"]
cls = importlib.import_module("py.distort_displace").LS_DistortDisplace
own = {"distort_strength": lambda r, h, w, b: float(r.choice([5, -3.5, 1.25, 0])), "smoothness": [0, 1, 3, 8], "anti_aliasing": [1, 2, 3, 5]}
own.update(shadow_strength=[0, 40, 75, 100], highlight_strength=[0, 30, 100])
required = cls.INPUT_TYPES()["required"]
for name in ("shadow_blend_mode", "highlight_blend_mode"):
    own[name] = [one for one in required[name][0] if one != "dissolve"]
save(sys.argv[2], record(cls, "LayerFilter: DistortDisplace", "Displace", int(sys.argv[1]), 3, own, channels=(3, 3, 4), optional=0.7))
