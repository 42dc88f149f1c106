"""Makes LayerStyle's modules importable as py.NAME: what ComfyUI gives is stood in for, and its sources are found."""
from common import SOURCES, stand_in, sys

stand_in("folder_paths", "comfy", "comfy.model_management", "transformers", "tqdm", "nodes")
for name in ("get_output_directory", "get_temp_directory", "get_input_directory"):
    setattr(sys.modules["folder_paths"], name, lambda: ".")
sys.modules["folder_paths"].models_dir = "."
sys.modules["comfy"].model_management = sys.modules["comfy.model_management"]
sys.path += [SOURCES + "chflame163+ComfyUI_LayerStyle", SOURCES + "flrs+blend_modes"]
