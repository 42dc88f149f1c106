"""WanVideoWrapper's frames for VACE: python3 vace.py FOLDER"""
from common import *
from upscale import common_upscale, taken

cls = taken(SOURCES + "wan/nodes_utility.py", ["WanVideoVACEStartToEndFrame"], dict(torch=torch, np=np, common_upscale=common_upscale))["WanVideoVACEStartToEndFrame"]
calls = []
other = lambda chance: (lambda r, h, w, b: np.stack([noise(r, h, w, 3, 0) for _ in range(r.randint(1, 4))]) if r.rand() < chance else None)
sized = lambda chance: (lambda r, h, w, b: np.repeat(noise(r, r.randint(4, 14), r.randint(4, 14), 3, 0)[None], r.randint(1, 6), 0) if r.rand() < chance else None)
whole = lambda low, high: (lambda r, *_: int(r.randint(low, high + 1)))
over = dict(num_frames=whole(1, 9), empty_frame_level=[0.5, 0.0, 0.31], start_image=other(0.8), end_image=sized(0.6), control_images=sized(0.5), start_index=whole(0, 7), end_index=whole(-6, 10))
over["inpaint_mask"] = lambda r, h, w, b: np.stack([noise(r, 9, 7, None, r.randint(4)) for _ in range(r.randint(1, 4))]) if r.rand() < 0.5 else None
calls += record(cls, "WanVideoVACEStartToEndFrame", "Vace", 30, 3, over, size=(4, 14))
over.update(start_image=lambda *_: None, end_image=lambda *_: None, control_images=sized(1))
calls += record(cls, "WanVideoVACEStartToEndFrame", "Vace", 4, 4, over, size=(4, 14))
save(sys.argv[1], calls)
