"""Inpaint-CropAndStitch, each crop followed by its stitch: python3 crops.py COUNT SEED FOLDER"""
from common import *

stand_in("folder_paths", "comfy", "comfy.model_management", "comfy.utils", "nodes")
n=sys.modules['nodes']; n.MAX_RESOLUTION=16384
cm=sys.modules['comfy.model_management']; cm.get_torch_device=lambda: torch.device('cpu')
sys.modules['comfy'].model_management=cm
sys.path.insert(0, SOURCES + 'lquesada+ComfyUI-Inpaint-CropAndStitch')
import inpaint_cropandstitch as L
N,seed,out=int(sys.argv[1]),int(sys.argv[2]),sys.argv[3]
ov=dict(preresize=[False,False,True],preresize_min_width=(10,50),preresize_min_height=(10,50),preresize_max_width=(60,90),preresize_max_height=(60,90),mask_expand_pixels=[0,0,4,7,16],mask_blend_pixels=[0,4,8,16,32],mask_hipass_filter=[0.0,.1,.5],extend_for_outpainting=[False,False,True],
 extend_up_factor=[1.0,1.3,.8],extend_down_factor=[1.0,1.25],extend_left_factor=[1.0,1.5,.7],extend_right_factor=[1.0,1.1],context_from_mask_extend_factor=[1.0,1.2,1.5,2.5],output_resize_to_target_size=lambda r,h,w,b: bool(r.randint(2)) if b==1 else True,output_target_width=[64],output_target_height=[64],output_padding=["0","8","16","32"])
c=record(L.InpaintCropImproved,'InpaintCropImproved','CropAndStitch',N,seed,ov,size=(20,34),optional=.75)
calls=[]
for one in c:
    st,img,m=one['res']
    ref=dict(one);
    # a chain: the call of the crop keeps picture and mask; the stitch is recorded as its own
    one['res']=(None,img,m)
    gpu=one['params'].get('device_mode','')!='cpu (compatible)'
    one['near']=2.1/255 if gpu else 0
    calls.append(one)
    rng=np.random.RandomState(len(calls))
    inp=torch.from_numpy((np.round(rng.rand(*img.shape)*255)/255).astype(np.float32))
    r=L.InpaintStitchImproved().inpaint_stitch(st,inp)[0]
    calls.append(dict(pack='CropAndStitch',node='InpaintStitchImproved',params=dict(),inputs=dict(inpainted_image=inp.numpy()),res=(r,),types=('IMAGE',),lists=None,follows={'stitcher':0},near=3.1/255 if gpu else 0))
save(out,calls)
