"""Plain values, switches and formulas of several packs: python3 values.py FOLDER"""
from common import *
import math
import re

S = SOURCES
class AnyType(str):
    def __ne__(s,o): return False
class IO:
    class ComfyNode: pass
    @staticmethod
    def NodeOutput(*a): return a
def classes(file, ns):
    s=open(S+file,encoding='utf8').read()
    out={}
    for m in re.finditer(r'^class (\w+)\b.*?(?=^class |^# |^#-|^[A-Za-z_]|\Z)',s,re.M|re.S):
        try: exec(compile(m.group(0),file,'exec'),ns)
        except Exception as e: continue
        out[m.group(1)]=ns.get(m.group(1))
    return out
calls=[]
def call(pack,node,fn,types,params):
    try: r=fn(**params)
    except (ZeroDivisionError,ValueError,OverflowError,TypeError): return
    if any(isinstance(x,complex) for x in r): return
    calls.append(dict(pack=pack,node=node,params=params,inputs={},res=r,types=types,lists=None))
rng=np.random.RandomState(5)
ints=lambda: int(rng.choice([0,1,-1,2,3,7,-5,12,255,-1024,1000001]))
floats=lambda: float(rng.choice([0,1,-1,.5,2.5,-3.25,.1,1e-3,7.75,100.125,-2]))
sys.path.insert(0,S+'evanspearman+ComfyMath/src')
import importlib
for f in ['int','float','number','bool','convert']:
    m=importlib.import_module('comfymath.'+f)
    for n,c in m.NODE_CLASS_MAPPINGS.items():
        if 'Vec' in n: continue
        it=c.INPUT_TYPES()['required']; ops=it.get('op',([None],))[0]
        for op in ops:
            if op in('Erf','Erfc','Gamma'): continue
            for k in range(2):
                p={} if op is None else {'op':op}
                for a in('a','b'):
                    if a in it:
                        t=it[a][0]; p[a]=ints() if t=='INT' else bool(rng.randint(2)) if t=='BOOLEAN' else floats()
                if op in('Pow',) and f=='int': p['b']=abs(p['b'])%9
                if op=='Factorial': p['a']=abs(p['a'])%15
                if op in('Shl','Shr'): p['b']=abs(p['b'])%9; p['a']=p['a']%5000
                call('ComfyMath',n,c().op,c.RETURN_TYPES,p)
ns=dict(math=math,any=AnyType('*'),MAX_RESOLUTION=16384,torch=torch)
C=classes('cubiq+ComfyUI_essentials/misc.py',ns)
fs=['a+b','a*b-c','(a+b)/2','a//3','a%b','-a**2','min(a,b)','max(a,b,c)','round(a/3)','a>b','a==b','a and b','a or b','len([1])' ,'3.7','2.5','3.5','a if b else c'][:14]+['3.7','2.5','3.5','-2.5']
for f in fs:
    for k in range(2):
        call('essentials','SimpleMath+',C['SimpleMath']().execute,('INT','FLOAT'),dict(value=f,a=ints(),b=floats(),c=ints()))
call('essentials','SimpleMathDual+',C['SimpleMathDual']().execute,C['SimpleMathDual'].RETURN_TYPES,dict(value_1='a+d',value_2='b*c',a=1,b=2.5,c=3,d=4))
for e in (0,1): call('essentials','SimpleMathCondition+',C['SimpleMathCondition']().execute,('INT','FLOAT'),dict(evaluate=e,on_true='a+1',on_false='b/4',a=3,b=9))
for k in range(6): call('essentials','SimpleMathSlider+',C['SimpleMathSlider']().execute,('FLOAT','INT'),dict(value=round(rng.rand(),3),min=floats(),max=floats(),rounding=int(rng.randint(4))))
for n,c,v in (('SimpleMathFloat+','SimpleMathFloat',1.5),('SimpleMathInt+','SimpleMathInt',-7),('SimpleMathPercent+','SimpleMathPercent',.25)): call('essentials',n,C[c]().execute,C[c].RETURN_TYPES,dict(value=v))
for op in ["==", "!=", "<", "<=", ">", ">="]:
    for k in range(2): call('essentials','SimpleComparison+',C['SimpleComparison']().execute,('BOOLEAN',),dict(a=ints(),b=floats(),comparison=op))
call('essentials','SimpleCondition+',C['SimpleCondition']().execute,('INT',),dict(evaluate=2,on_true=5,on_false=6)) if False else None
ns=dict(any_typ=AnyType('*'),sys=sys,re=re,core=None)
C=classes('ltdrdata+ComfyUI-Impact-Pack/modules/impact/logics.py',ns)
for cmp in ['a = b', 'a <> b', 'a > b', 'a < b', 'a >= b', 'a <= b', 'tt', 'ff']:
    for k in range(2): call('Impact','ImpactCompare',C['ImpactCompare']().doit,('BOOLEAN',),dict(cmp=cmp,a=ints(),b=ints()))
for o in ['and','or','xor']:
    for a in (True,False):
        for b in (True,False): call('Impact','ImpactLogicalOperators',C['ImpactLogicalOperators']().doit,('BOOLEAN',),dict(operator=o,bool_a=a,bool_b=b))
for v in (3,-2,.5,'false','True','x','12',True,False): call('Impact','ImpactConvertDataType',C['ImpactConvertDataType']().doit,C['ImpactConvertDataType'].RETURN_TYPES,dict(value=v))
for v in (True,False): call('Impact','ImpactNeg',C['ImpactNeg']().doit,('BOOLEAN',),dict(value=v))
for v in (True,False): call('Impact','ImpactMinMax',C['ImpactMinMax']().doit,('INT',),dict(mode=v,a=4,b=9))
for t,v in (('INT','12'),('FLOAT','1.5'),('BOOLEAN','TRUE'),('BOOLEAN','no'),('STRING','abc')): call('Impact','ImpactValueReceiver',C['ImpactValueReceiver']().doit,(t,),dict(typ=t,value=v))
for n,v in (('ImpactInt',5),('ImpactFloat',.25),('ImpactBoolean',True)): call('Impact',n,C[n]().doit,C[n].RETURN_TYPES,dict(value=v))
for c in (True,False): call('Impact','ImpactConditionalBranch',C['ImpactConditionalBranch']().doit,('INT',),dict(cond=c,tt_value=1,ff_value=2))
ns=dict(TEXT_TYPE='STRING',is_force_input=lambda:True,TextTokens=lambda: type('T',(),{'parseTokens':lambda s,t:t})(),torch=torch,np=np)
import types
s=open(S+'WASasquatch+was-node-suite-comfyui/WAS_Node_Suite.py').read()
C={}
for name in ['WAS_Constant_Number','WAS_Number_To_Int','WAS_Number_To_Float','WAS_Number_To_String','WAS_Number_To_Text','WAS_Number_Operation','WAS_Number_Input_Switch','WAS_Boolean_Primitive','WAS_Boolean','WAS_Boolean_To_Text','WAS_Text_Concatenate','WAS_Text_Multiline','WAS_Logical_NOT','WAS_Text_Input_Switch']:
    t=re.search(r'^class %s:.*?(?=^# |^class |^[A-Z])'%name,s,re.M|re.S).group(0); exec(t,ns); C[name]=ns[name]
for op in C['WAS_Number_Operation'].INPUT_TYPES()['required']['operation'][0]:
    for k in range(3): call('WAS','Number Operation',C['WAS_Number_Operation']().math_operations,('NUMBER','FLOAT','INT'),dict(number_a=floats(),number_b=floats(),operation=op))
for t in ('integer','float','bool'):
    for k in range(3): call('WAS','Constant Number',C['WAS_Constant_Number']().return_constant_number,('NUMBER','FLOAT','INT'),dict(number_type=t,number=floats()))
    call('WAS','Constant Number',C['WAS_Constant_Number']().return_constant_number,('NUMBER','FLOAT','INT'),dict(number_type=t,number=2.0,number_as_text='7'))
for v in (3,-2.75): call('WAS','Number to Int',C['WAS_Number_To_Int']().number_to_int,('INT',),dict(number=v)); call('WAS','Number to Float',C['WAS_Number_To_Float']().number_to_float,('FLOAT',),dict(number=v)); call('WAS','Number to String',C['WAS_Number_To_String']().number_to_string,('STRING',),dict(number=v)); call('WAS','Number to Text',C['WAS_Number_To_Text']().number_to_text,('STRING',),dict(number=v))
call('WAS','Number to Text',C['WAS_Number_To_Text']().number_to_text,('STRING',),dict(number=1.5e-7)); call('WAS','Number to Text',C['WAS_Number_To_Text']().number_to_text,('STRING',),dict(number=123456789.125))
for v in (0.,.5,.51,1.): call('WAS','Logic Boolean',C['WAS_Boolean']().return_boolean,C['WAS_Boolean'].RETURN_TYPES,dict(boolean=v))
for v in (True,False):
    call('WAS','Boolean To Text',C['WAS_Boolean_To_Text']().do,('STRING',),dict(boolean=v)); call('WAS','Logic NOT',C['WAS_Logical_NOT']().do,('BOOLEAN',),dict(boolean=v)); call('WAS','Number Input Switch',C['WAS_Number_Input_Switch']().number_input_switch,('NUMBER','FLOAT','INT'),dict(number_a=1.5,number_b=2,boolean=v)); call('WAS','Text Input Switch',C['WAS_Text_Input_Switch']().text_input_switch,('STRING',),dict(text_a='a',text_b='b',boolean=v)); call('WAS','Logic Boolean Primitive',C['WAS_Boolean_Primitive']().do,('BOOLEAN',),dict(boolean=v))
for p in (dict(delimiter=', ',clean_whitespace='true',text_a=' a ',text_b='',text_c='c'),dict(delimiter='\\n',clean_whitespace='false',text_a=' a ',text_d='d')): call('WAS','Text Concatenate',C['WAS_Text_Concatenate']().text_concatenate,('STRING',),p)
for t in ('a\n# no\n b\n','x','a\n\nb\n\n'): call('WAS','Text Multiline',C['WAS_Text_Multiline']().text_multiline,('STRING',),dict(text=t))
class Icons: get=staticmethod(lambda x:x)
ns=dict(icons=Icons,math=math)
C=classes('Suzie1+ComfyUI_Comfyroll_CustomNodes/nodes/nodes_utils_other.py',ns)
for op in ["sin", "cos", "tan", "sqrt", "exp", "log", "neg", "abs"]:
    for k in range(3): call('Comfyroll','CR Math Operation',C['CR_MathOperation']().do_math,('FLOAT','STRING'),dict(a=floats(),operation=op,decimal_places=int(rng.randint(5))))
for k in range(4):
    call('Comfyroll','CR Value',C['CR_Value']().get_value,C['CR_Value'].RETURN_TYPES,dict(value=floats()))
    call('Comfyroll','CR Clamp Value',C['CR_ClampValue']().clamp_value,('FLOAT','STRING'),dict(a=floats(),range_min=floats(),range_max=floats()))
    call('Comfyroll','CR Integer Multiple',C['CR_IntegerMultipleOf']().int_multiple_of,('INT','STRING'),dict(integer=ints(),multiple=floats()))
    call('Comfyroll','CR Set Value On Boolean',C['CR_SetValueOnBoolean']().set_value,C['CR_SetValueOnBoolean'].RETURN_TYPES,dict(boolean=bool(k%2),value_if_true=floats(),value_if_false=floats()))
C=classes('Suzie1+ComfyUI_Comfyroll_CustomNodes/nodes/nodes_utils_conversion.py',ns)
call('Comfyroll','CR Integer To String',C['CR_IntegerToString']().convert,('STRING','STRING'),dict(int_=42))
for v in (2.75,-2.75): call('Comfyroll','CR Float To Integer',C['CR_FloatToInteger']().convert,('INT','STRING'),dict(_float=v))
C=classes('Suzie1+ComfyUI_Comfyroll_CustomNodes/nodes/nodes_utils_logic.py',ns)
for i in (1,2,3,4): call('Comfyroll','CR Text Input Switch (4 way)',C['CR_TextInputSwitch4way']().switch,('STRING','STRING'),dict(Input=i,text1='a',text2='b',text3='c',text4='d'))
for i in (1,2): call('Comfyroll','CR Text Input Switch',C['CR_TextInputSwitch']().switch,('STRING','STRING'),dict(Input=i,text1='a',text2='b'))
s=open(S+'yolain+ComfyUI-Easy-Use/py/nodes/logic.py',encoding='utf8').read()
ns=dict(io=IO,torch=torch,re=re)
exec(re.search(r'^COMPARE_FUNCTIONS = .*?^}',s,re.M|re.S).group(0),ns)
C=classes('yolain+ComfyUI-Easy-Use/py/nodes/logic.py',ns)
for op in ["add","subtract","multiply","divide","modulo","power"]:
    for k in range(3):
        call('EasyUse','easy mathInt',C['mathIntOperation'].execute,('INT',),dict(a=ints(),b=abs(ints())%7 if op=='power' else ints(),operation=op))
        call('EasyUse','easy mathFloat',C['mathFloatOperation'].execute,('FLOAT',),dict(a=floats(),b=floats(),operation=op))
for c in ns['COMPARE_FUNCTIONS']:
    for k in range(2): call('EasyUse','easy compare',C['Compare'].execute,('BOOLEAN',),dict(a=ints(),b=ints(),comparison=c))
for v in (1.23456,2.0005,-.0015,1e10,2.6755): call('EasyUse','easy float',C['Float'].execute,('FLOAT',),dict(value=v))
call('EasyUse','easy int',C['Int'].execute,('INT',),dict(value=3)); call('EasyUse','easy string',C['String'].execute,('STRING',),dict(value='x')); call('EasyUse','easy boolean',C['Boolean'].execute,('BOOLEAN',),dict(value=True))
for v in (0,'',1,'x',False,.5): call('EasyUse','easy isNone',C['isNone'].execute,('BOOLEAN',),dict(any=v))
for v in (True,False): call('EasyUse','easy ifElse',C['IfElse'].execute,('INT',),dict(boolean=v,on_true=1,on_false=2))
for i in (1,2): call('EasyUse','easy textSwitch',C['textSwitch'].execute,('STRING',),dict(input=i,text1='a',text2='b'))
for i in (0,2): call('EasyUse','easy anythingIndexSwitch',C['anythingIndexSwitch'].execute,('INT',),dict(index=i,value0=5,value1=6,value2=7)); call('EasyUse','easy textIndexSwitch',C['textIndexSwitch'].execute,('STRING',),dict(index=i,text0='a',text1='b',text2='c'))
for c in calls: c['pack']='Values'
save(sys.argv[1], calls)
