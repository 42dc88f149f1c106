"""KJNodes of pictures side by side, batches, sizes and crops: python3 kjnodes.py COUNT FOLDER"""
from common import *
import re

import torch.nn.functional as F
from PIL import Image

S = SOURCES + 'kijai+ComfyUI-KJNodes/nodes/'
def lanczos(samples,width,height):
    images=[Image.fromarray(np.clip(255.*i.movedim(0,-1).cpu().numpy(),0,255).astype(np.uint8)) for i in samples]
    images=[i.resize((width,height),resample=Image.Resampling.LANCZOS) for i in images]
    return torch.stack([torch.from_numpy(np.array(i).astype(np.float32)/255.0).movedim(-1,0) for i in images])
def common_upscale(samples,width,height,method,crop):
    if crop=='center':
        ow,oh=samples.shape[-1],samples.shape[-2]; oa=ow/oh; na=width/height; x=y=0
        if oa>na: x=round((ow-ow*(na/oa))/2)
        elif oa<na: y=round((oh-oh*(oa/na))/2)
        s=samples.narrow(-2,y,oh-y*2).narrow(-1,x,ow-x*2)
    else: s=samples
    if method=='lanczos': return lanczos(s,width,height)
    return F.interpolate(s,size=(height,width),mode=method)
class IO:
    class ComfyNode: pass
    NodeOutput=staticmethod(lambda *a:a)
class MM: intermediate_dtype=staticmethod(lambda:torch.float32); intermediate_device=staticmethod(lambda:'cpu'); get_torch_device=staticmethod(lambda:'cpu')
class PB:
    def __init__(s,*a): pass
    def update(s,*a): pass
ns=dict(io=IO,torch=torch,F=F,common_upscale=common_upscale,model_management=MM,ProgressBar=PB,MAX_RESOLUTION=16384,math=__import__('math'),np=np)
def get(name,file):
    s=open(S+file,encoding='utf8').read()
    t=re.search(r'^class %s\b.*?(?=^class |\Z)'%name,s,re.M|re.S).group(0)
    exec(t,ns); return ns[name]
IC=get('ImageConcanate','image_nodes.py'); IM=get('ImageConcatMulti','image_nodes.py')
rng=np.random.RandomState(4); calls=[]
def img(b,h,w,c): return np.stack([noise(rng,h,w,c,rng.randint(4)) for _ in range(b)])
def msk(b,h,w): return np.stack([noise(rng,h,w,None,rng.randint(4)) for _ in range(b)])
N=int(sys.argv[1])
for k in range(N):
    one=img(rng.randint(1,3),rng.randint(6,16),rng.randint(6,16),[3,3,4][rng.randint(3)]) if rng.rand()>.3 else msk(rng.randint(1,3),rng.randint(6,16),rng.randint(6,16))
    two=img(rng.randint(1,3),rng.randint(6,16),rng.randint(6,16),[3,3,4][rng.randint(3)]) if rng.rand()>.3 else msk(rng.randint(1,3),rng.randint(6,16),rng.randint(6,16))
    p=dict(direction=['right','down','left','up'][k%4],match_image_size=bool(rng.randint(2)))
    r=IC.execute(torch.from_numpy(one),torch.from_numpy(two),**p)
    calls.append(dict(pack='KJ',node='ImageConcanate',params=p,inputs=dict(image1=one,image2=two),res=r,types=('IMAGE',),lists=None,near=3e-6 if p['match_image_size'] else 0))
for k in range(N//2):
    ins={f'image_{i+1}':img(1,rng.randint(6,12),rng.randint(6,12),3) for i in range(3)}
    if k%3==2: del ins['image_2']
    p=dict(inputcount=3,direction=['right','down','left','up'][k%4],match_image_size=bool(rng.randint(2)))
    r=IM.execute(**p,**{a:torch.from_numpy(b) for a,b in ins.items()})
    calls.append(dict(pack='KJ',node='ImageConcatMulti',params=p,inputs=ins,res=r,types=('IMAGE',),lists=None,near=3e-6))
B=get('ImageBatchMulti','image_nodes.py')
for k in range(N//2):
    h,w=rng.randint(6,12),rng.randint(6,12)
    ins={f'image_{i+1}':img(rng.randint(1,3),h if k%2 else rng.randint(6,12),w,[3,4][rng.randint(2)]) for i in range(3)}
    if k%3==2: del ins['image_2']
    r=B().combine(3,**{a:torch.from_numpy(b) for a,b in ins.items()})
    calls.append(dict(pack='KJ',node='ImageBatchMulti',params=dict(inputcount=3),inputs=ins,res=r,types=('IMAGE',),lists=None,near=3e-6))
R=get('GetImageRangeFromBatch','image_nodes.py')
for k in range(4):
    i,m=img(4,5,6,3),msk(4,5,6)
    p=dict(start_index=[0,-1,2,3][k],num_frames=[2,3,5,1][k])
    r=R().imagesfrombatch(**p,images=torch.from_numpy(i),masks=torch.from_numpy(m))
    calls.append(dict(pack='KJ',node='GetImageRangeFromBatch',params=p,inputs=dict(images=i,masks=m),res=r,types=('IMAGE','MASK'),lists=None))
Z=get('ImageResizeKJ','image_nodes.py')
for k in range(N):
    i=img(1,rng.randint(8,20),rng.randint(8,20),3)
    ins=dict(image=i)
    if rng.rand()<.3: ins['get_image_size']=img(1,7,9,3)
    p=dict(width=int(rng.choice([0,7,16,30])),height=int(rng.choice([0,9,16,25])),keep_proportion=bool(rng.randint(2)),upscale_method=["nearest-exact","bilinear","area","lanczos"][rng.randint(4)],divisible_by=int(rng.choice([0,1,2,4])),crop=['disabled','center'][rng.randint(2)])
    try: r=Z().resize(**p,**{a:torch.from_numpy(b) for a,b in ins.items()})
    except Exception as e: continue
    calls.append(dict(pack='KJ',node='ImageResizeKJ',params=p,inputs=ins,res=r,types=('IMAGE','INT','INT'),lists=None,near=3e-6))
src=open(SOURCES + 'kijai+ComfyUI-KJNodes/utility/utility.py').read()
ns2=dict(torch=torch,np=np,Image=Image,List=list,Union=__import__('typing').Union)
ns2['List']=__import__('typing').List
for f in ('tensor2pil','normalize_bboxes','np2tensor','pil2tensor'):
    t=re.search(r'^def %s\b.*?(?=^def |^[A-Z]|^class |\Z)'%f,src,re.M|re.S)
    if t: exec(t.group(0),ns2)
from PIL import ImageDraw, ImageFilter
from torchvision.transforms import Resize, CenterCrop, InterpolationMode
ns.update(tensor2pil=ns2['tensor2pil'],pil2tensor=ns2['pil2tensor'],normalize_bboxes=ns2['normalize_bboxes'],BBOX_TYPES='BBOX',Image=Image,ImageDraw=ImageDraw,ImageFilter=ImageFilter,Resize=Resize,CenterCrop=CenterCrop,InterpolationMode=InterpolationMode)
bs=open(S+'batchcrop_nodes.py').read()
for f in ('bbox_to_region','bbox_check'):
    exec(re.search(r'^def %s\b.*?(?=^def |^class )'%f,bs,re.M|re.S).group(0),ns)
BC=get('BatchCropFromMaskAdvanced','batchcrop_nodes.py'); BU=get('BatchUncropAdvanced','batchcrop_nodes.py')
def blob(h,w):
    a=np.zeros((h,w),np.float32); y,x=rng.randint(4,h-12),rng.randint(4,w-12); a[y:y+rng.randint(3,8),x:x+rng.randint(3,8)]=1
    if rng.rand()<.3: a*=0.5
    return (np.round(a*255)/255).astype(np.float32)
for k in range(N):
    b=rng.randint(1,4); h,w=rng.randint(34,44),rng.randint(34,44)
    i=img(b,h,w,3); m=np.stack([blob(h,w) for _ in range(b)])
    p=dict(crop_size_mult=float(rng.choice([1.0,1.5,2.0,3.5])),bbox_smooth_alpha=float(rng.choice([.5,1.0,.25])))
    try: r=BC().crop(torch.from_numpy(m),torch.from_numpy(i),**p)
    except Exception as e: print('crop',repr(e)[:80]); continue
    fl=lambda bb:[[int(v) for v in x] for x in bb]
    res=(r[0],r[1],r[2],r[3],r[4],fl(r[5]),fl(r[6]),int(r[7]),int(r[8]))
    calls.append(dict(pack='KJ',node='BatchCropFromMaskAdvanced',params=p,inputs=dict(original_images=i,masks=m),res=res,types=BC.RETURN_TYPES,lists=None))
    q=dict(border_blending=float(rng.choice([0,.25,.6,1.0])),crop_rescale=1.0,use_combined_mask=bool(rng.randint(2)),use_square_mask=bool(rng.randint(2)))
    u=BU().uncrop(torch.from_numpy(i),1-r[1],r[2],r[4],r[5],**q,combined_bounding_box=r[6])
    calls.append(dict(pack='KJ',node='BatchUncropAdvanced',params=dict(**q,bboxes=fl(r[5]),combined_bounding_box=fl(r[6])),inputs=dict(original_images=i,cropped_images=(1-r[1]).numpy(),cropped_masks=r[2].numpy(),combined_crop_mask=r[4].numpy()),res=u,types=('IMAGE',),lists=None))
for c in calls: c['pack']='KJNodesOwn'
save(sys.argv[2],calls)
