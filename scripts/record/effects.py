"""LayerStyle's effects: python3 effects.py COUNT SEED FOLDER [NODE ...]"""
from common import *
import importlib

import layerstyle
N={}
for f in ['drop_shadow','drop_shadow_v2','drop_shadow_v3','inner_shadow','inner_shadow_v2','outer_glow','outer_glow_v2','inner_glow','inner_glow_v2','stroke','stroke_v2','color_overlay','color_overlay _v2','gradient_overlay','gradient_overlay_v2','image_blend_advance','image_blend_advance_v2','image_blend_advance_v3']:
    N.update(importlib.import_module('py.'+f).NODE_CLASS_MAPPINGS)
n=int(sys.argv[1]); seed=int(sys.argv[2]); out=sys.argv[3]; which=sys.argv[4:]
col=['#ffffff','#000000','#c83c28','#40c090','#FFBF30','#123']
c=[]
V2=[m for m in importlib.import_module('py.imagefunc').BLEND_MODES if m!='dissolve']
for i,(name,cls) in enumerate(N.items()):
    if which and name not in which: continue
    it=cls.INPUT_TYPES(); ov={}
    for g in('required','optional'):
        for k,s in it.get(g,{}).items():
            if 'color' in k: ov[k]=col
    ov.update(distance_x=lambda r,h,w,b:int(r.choice([-7,-2,3,5,0])),distance_y=lambda r,h,w,b:int(r.choice([-7,-2,3,4])),grow=(-2,4),blur=(0,6),brightness=(2,5),glow_range=(-4,12),stroke_grow=(-3,3),stroke_width=(0,9),
      opacity=lambda r,h,w,b:int(r.choice([0,25,50,100,100,r.randint(101)])),angle=lambda r,h,w,b:int(r.choice([0,45,90,-90,180,r.randint(-180,181)])),
      start_alpha=[255,255,128,0],end_alpha=[255,255,200,0],x_percent=(0.,100.),y_percent=(0.,100.),scale=(.3,1.8),aspect_ratio=(.5,1.6),rotate=lambda r,h,w,b:float(r.choice([0,0,90,r.randint(-180,180)])),anti_aliasing=[0,0,2,3])
    if 'layer_mask' in it['optional']: ov.pop('layer_mask',None)
    if 'blend_mode' in it['required'] and 'dissolve' in it['required']['blend_mode'][0]: ov['blend_mode']=[m for m in it['required']['blend_mode'][0] if m!='dissolve']
    allp=set(it['required'])|set(it['optional'])
    ov={k:v for k,v in ov.items() if k in allp}
    c+=record(cls,name,'LayerStyleEffects',n,seed*100+i,ov,channels=(3,3,4),optional=.8)
save(out,c)
