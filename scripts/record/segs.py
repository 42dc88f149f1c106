"""Impact's SEGS chosen, named and shown, each after the call that its SEGS come from: python3 segs.py FOLDER

How SEGS are made and told is tiles.py's, whose own calls go into FOLDER-tiles."""
import sys

folder = sys.argv[1]
sys.argv[1] = folder + "-tiles"
exec(open(__file__.replace("segs.py", "tiles.py")).read())
calls.clear()
rng = np.random.RandomState(14)
names = ["SEGSConcat", "SEGSLabelAssign", "SEGSLabelFilter", "SEGSRangeFilter", "SEGSIntersectionFilter", "SEGSNMSFilter", "Count_Elts_in_SEGS", "SEGSPreview"]
tools = taken(PACK + "utils.py", ["bitwise_and_masks", "add_masks", "to_binary_mask", "to_pil", "tensor2pil", "_tensor_check_image"], dict(utils))
space["utils"] = types.SimpleNamespace(**{k: v for k, v in tools.items() if callable(v)})
space["core"] = types.SimpleNamespace(**{k: core[k] for k in ("segs_to_combined_mask", "segs_scale_match", "mask_to_segs")})
space["defs"] = types.SimpleNamespace(detection_labels=[])
space["os"] = __import__("os")
space["folder_paths"] = types.SimpleNamespace(get_temp_directory=lambda: "", get_save_image_path=lambda *_: ("", "", 0, "", ""))
space["Image"].Image.save = lambda *_: None
nodes.update(taken(PACK + "segs_nodes.py", names, space))


def named(node, params, results, inputs={}, **more):
    add(node, params, inputs, results, more.pop("kinds", ["SEGS"]), follows={more.pop("slot", "segs"): 0}, **more)


for i, labels in enumerate(["a, b", "face", "left_eye,hand, x ", ""]):
    segs = regions(40, 50)
    named("ImpactSEGSLabelAssign", dict(labels=labels), nodes["SEGSLabelAssign"]().doit(segs, labels))
for labels in ["A", "all", "eyes, B", ""]:
    segs = regions(40, 50)
    params = dict(preset="all", labels=labels)
    named("ImpactSEGSLabelFilter", params, nodes["SEGSLabelFilter"]().doit(segs, **params), kinds=["SEGS", "SEGS"])
for i, target in enumerate(["area(=w*h)", "width", "height", "x1", "y1", "x2", "y2", "length_percent", "confidence(0-100)"]):
    segs = regions(60, 80)
    low, high = [(60, 200), (8, 14), (8, 14), (10, 40), (10, 30), (30, 60), (20, 50), (100, 140), (0, 99)][i]
    params = dict(target=target, mode=bool(i % 3), min_value=low, max_value=high)
    named("ImpactSEGSRangeFilter", params, nodes["SEGSRangeFilter"]().doit(segs, **params), kinds=["SEGS", "SEGS"])
for i in range(4):
    segs = regions(30, 30)
    params = dict(iou_threshold=[0.01, 0.1, 0.5, 1.0][i])
    named("ImpactSEGSNMSFilter", params, nodes["SEGSNMSFilter"]().doit(segs, **params))
    segs = regions(30, 30)
    named("ImpactCount_Elts_in_SEGS", {}, nodes["Count_Elts_in_SEGS"]().doit(segs), kinds=["INT"])
for i in range(8):
    segs = regions(30, 36)
    size = (30, 36) if i % 3 else (60, 72)
    image = (np.round(rng.rand(1 + i % 2, *size, 3) * 255) / 255).astype(np.float32)
    inputs = dict(fallback_image_opt=image)
    params = dict(alpha_mode=bool(i % 4), min_alpha=float([0, 0.2, 0.9, 0.2][i % 4]))
    made = nodes["SEGSPreview"]().doit(segs, **params, **{k: torch.from_numpy(v) for k, v in inputs.items()})["result"]
    add("SEGSPreview", params, inputs, made, ["IMAGE"], lists=True, follows={"segs": 0})
for one in calls:
    one["pack"] = "Segs"
save(folder, calls)
