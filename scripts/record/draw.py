"""Code2Collapse's shapes and its boxes from frame to frame: python3 draw.py FOLDER

SOURCES/Code2Collapse+ComfyUI-CustomNodePacks has the repository."""
from common import *
import importlib.util

found = {}
for file in ("mask_draw_frame", "bbox_nodes"):
    spec = importlib.util.spec_from_file_location(file, SOURCES + "Code2Collapse+ComfyUI-CustomNodePacks/nodes/%s.py" % file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found.update(vars(module))
draw, smooth = found["MaskDrawFrame"], found["BBoxSmooth"]
rng = np.random.RandomState(17)
some = lambda low, high: round(float(rng.uniform(low, high)), int(rng.randint(0, 3)))
point = lambda: [some(2, 28), some(2, 28)]
middle = lambda: dict(cx=some(8, 20), cy=some(8, 20))
numbers = {
    "circle": lambda: dict(middle(), radius=some(2, 10)),
    "rectangle": lambda: dict(x=some(0, 10), y=some(0, 10), w=some(3, 15), h=some(3, 15)),
    "ellipse": lambda: dict(middle(), rx=some(2, 12), ry=some(2, 8), angle=some(0, 90)),
    "polygon": lambda: dict(points=[point() for _ in range(rng.randint(3, 6))]),
    "line": lambda: dict(x1=some(0, 20), y1=some(0, 20), x2=some(0, 20), y2=some(0, 20), thickness=some(1, 5)),
    "triangle": lambda: dict(middle(), size=some(4, 10)),
    "star": lambda: dict(middle(), outer_r=some(6, 12), inner_r=some(2, 5), num_points=int(rng.randint(3, 8))),
    "diamond": lambda: dict(middle(), w=some(5, 18), h=some(5, 18)),
    "cross": lambda: dict(middle(), size=some(6, 20), thickness=some(1, 6)),
    "rounded_rectangle": lambda: dict(x=some(0, 8), y=some(0, 8), w=some(5, 18), h=some(5, 18), corner_radius=some(1, 6)),
    "heart": lambda: dict(middle(), size=some(5, 12)),
    "arrow": lambda: dict(middle(), length=some(10, 24), width=some(2, 6), head_length=some(3, 8), head_width=some(4, 12)),
}
calls = []
for shape, make in numbers.items():
    for i in range(6):
        text = json.dumps(make())
        over = dict(shape=[shape], shape_params_json=[text], feather=[0.0] if i % 2 else [2.5, 6.0], rotation=[0.0, 0.0, 30.0, -77.5], value=[1.0, 0.6], width=(20, 30), height=(20, 30))
        over["existing_mask"] = lambda r, h, w, b: noise(r, h, w, None, r.randint(4))[None] if i > 2 else None
        over["reference_image"] = lambda r, h, w, b: noise(r, h, w, 3, 0)[None] if i > 3 else None
        calls += record(draw, "MaskDrawFrame", "Draw", 1, len(calls), over, size=(20, 30))
for text in ("[12, 13, 4]", "none", '[{"cx": 9, "cy": 8, "radius": 3}, {"cx": 2}]', "[1, 2]"):
    calls += record(draw, "MaskDrawFrame", "Draw", 1, len(calls), dict(shape=["circle"], shape_params_json=[text], width=[24], height=[20], existing_mask=lambda *_: None, reference_image=lambda *_: None))
for method in smooth.INPUT_TYPES()["required"]["method"][0]:
    for count in (1, 4, 9):
        boxes = [[int(v) for v in rng.randint(0, 200, 4)] for _ in range(count)]
        calls += record(smooth, "BBoxSmooth", "Draw", 1, len(calls), dict(method=[method], bboxes_json=[json.dumps(boxes)], smoothing_radius=(1, 4), alpha=[0.3, 0.55]))
for text in ("", "none", "[]"):
    calls += record(smooth, "BBoxSmooth", "Draw", 1, len(calls), dict(bboxes_json=[text]))
save(sys.argv[1], calls, near=dict(MaskDrawFrame=2e-6))
