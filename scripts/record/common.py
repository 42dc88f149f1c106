"""Calls of packs' own Python, drawn by chance from their INPUT_TYPES and written as scripts/calls.mjs packs them.

SOURCES names the folder with the packs' repositories, each as owner+name; Debian's python3 with numpy, scipy, torch,
torchvision, PIL and OpenCV runs them. What ComfyUI itself gives is stood in for by empty modules."""
import contextlib
import io
import json
import os
import sys
import types
import warnings

import numpy as np
import torch

warnings.simplefilter("ignore")

SOURCES = os.environ.get("SOURCES", ".") + "/"


class Anything(types.ModuleType):
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {})


def stand_in(*names):
    for name in names:
        sys.modules.setdefault(name, Anything(name))


def noise(rng, h, w, c=None, kind=0):
    shape=(h,w) if c is None else (h,w,c)
    k=kind
    if k==0: a=rng.random(shape)
    elif k==1: a=(rng.random(shape)>.5).astype(float)
    else:
        yy,xx=np.mgrid[0:h,0:w]
        r=((xx-w*rng.uniform(.2,.8))**2+(yy-h*rng.uniform(.2,.8))**2)<(min(h,w)*rng.uniform(.15,.5))**2
        a=r.astype(float)
        if k==3: a=np.clip(a+ (rng.random((h,w))-.5)*.6*(rng.random((h,w))>.7),0,1)
        if c is not None: a=np.stack([a*rng.uniform(.2,1)+ rng.uniform(0,.2) for _ in range(c)],-1).clip(0,1)
    return (np.round(a*255)/255).astype(np.float32) if k!=4 else a.astype(np.float32)
def record(cls, node, pack, count, seed, over={}, channels=(3,), batch=(1,1,2), size=(9,36), optional=.6, same=True):
    rng=np.random.RandomState(seed); it=cls.INPUT_TYPES()
    out=[]
    while len(out)<count:
        h,w=rng.randint(*size),rng.randint(*size); b=int(rng.choice(batch))
        params,inputs={},{}
        for group in('required','optional'):
            for name,spec in it.get(group,{}).items():
                t=spec[0]; o=spec[1] if len(spec)>1 else {}
                if group=='optional' and rng.random()>optional and name not in over: continue
                if name in over:
                    v=over[name]
                    if callable(v): v=v(rng,h,w,b)
                    elif isinstance(v,tuple): v=(rng.randint(v[0],v[1]+1) if isinstance(v[0],int) else round(rng.uniform(*v),2))
                    elif isinstance(v,list): v=v[rng.randint(len(v))]
                    if v is None: continue
                    if isinstance(v,np.ndarray): inputs[name]=v
                    else: params[name]=v if not isinstance(v,np.generic) else v.item()
                    continue
                if t=='IMAGE':
                    c=int(rng.choice(channels)); inputs[name]=np.stack([noise(rng,h,w,c,rng.randint(4)) for _ in range(b)])
                elif t=='MASK': inputs[name]=np.stack([noise(rng,h,w,None,rng.randint(4)) for _ in range(b)])
                elif t=='INT': params[name]=int(rng.randint(max(o.get('min',0),-12),min(o.get('max',99),o.get('default',0)+12)+1))
                elif t=='FLOAT': params[name]=round(float(rng.uniform(max(o.get('min',0),-2),min(o.get('max',99),o.get('default',0)+2))),2)
                elif t=='BOOLEAN': params[name]=bool(rng.randint(2))
                elif isinstance(t,(list,tuple)): params[name]=t[rng.randint(len(t))]
                elif t=='STRING': params[name]=o.get('default','')
                elif t=='COLOR': params[name]='#%06x'%rng.randint(0,1<<24)
                else: raise Exception(name+str(t))
        obj=cls()
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                given={k:torch.from_numpy(v.copy()) for k,v in inputs.items()}
                res=getattr(obj,cls.FUNCTION)(**params,**given)
        except Exception as e:
            print('failed',node,params,{k:v.shape for k,v in inputs.items()},repr(e)[:200]);
            if not len(out) and rng.random()<.02: return out
            continue
        out.append(dict(pack=pack,node=node,params=params,inputs=inputs,res=res,types=cls.RETURN_TYPES,lists=getattr(cls,'OUTPUT_IS_LIST',None)))
    return out
def save(folder, calls, near={}):
    os.makedirs(folder,exist_ok=True); cases=[]
    for i,c in enumerate(calls):
        ins={}
        for k,v in c['inputs'].items():
            many=v if isinstance(v,list) else [v]
            fs=['%04d-in-%s-%d.npy'%(i,k,n) for n in range(len(many))]
            for f,one in zip(fs,many): np.save(folder+'/'+f,one)
            ins[k]=fs if isinstance(v,list) else fs[0]
        outs=[]
        res=c['res']['result'] if isinstance(c['res'],dict) else c['res']
        for j,(t,r) in enumerate(zip(c['types'],res)):
            ty=t if isinstance(t,str) else 'COMBO'
            if isinstance(r,list) and r and torch.is_tensor(r[0]) and not (c['lists'] and c['lists'][j]): r=torch.cat(r)
            if c['lists'] and c['lists'][j]:
                fs=[]
                for n,x in enumerate(r):
                    f='%04d-out-%d-%d.npy'%(i,j,n); np.save(folder+'/'+f,x.numpy()); fs.append(f)
                outs.append(dict(type=ty,arrays=fs))
            elif torch.is_tensor(r):
                f='%04d-out-%d.npy'%(i,j); np.save(folder+'/'+f,r.numpy().astype(np.float32)); outs.append(dict(type=ty,array=f))
            else: outs.append(dict(type=ty,value=r if not isinstance(r,np.generic) else r.item()))
        one=dict(id='%04d-%s'%(i,c['node']),pack=c['pack'],node=c['node'],params=c['params'],inputs=ins,outputs=outs)
        if c.get('follows'): one['follows']=c['follows']
        n=c.get('near') or near.get(c['node'])
        if n: one['near']=n
        cases.append(one)
    json.dump(dict(cases=cases),open(folder+'/cases.json','w'))
    print(folder,len(cases))
