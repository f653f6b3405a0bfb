"""Writes faulty_models.json: ONNX models that the engine refuses, or that fail on their feeds, as base64.

python make_faulty_models.py
"""
import base64
import json

import numpy as np
from onnx import helper as h, TensorProto as T, numpy_helper as nh
cases={}
def m(name, nodes, ins, outs, inits=(), feeds=None, ir=10, opset=21, domains=(), functions=()):
    g=h.make_graph(nodes,"g",[h.make_tensor_value_info(n,t,s) for n,t,s in ins],[h.make_tensor_value_info(n,t,s) for n,t,s in outs],list(inits))
    mod=h.make_model(g,opset_imports=[h.make_opsetid("",opset)]+[h.make_opsetid(d,1) for d in domains],functions=list(functions)); mod.ir_version=ir
    cases[name]=(mod.SerializeToString(), feeds or {})
F=T.FLOAT
x=("x",F,["n"]); y=("y",F,None)
def n(op,i,o,**k): return h.make_node(op,i,o,name="block/layer/"+op.lower(),**k)
m("ir14",[n("Relu",["x"],["y"])],[x],[y],ir=14)
m("opset30",[n("Relu",["x"],["y"])],[x],[y],opset=30)
m("unknown_op",[n("Foo",["x"],["y"])],[x],[y])
m("unknown_domain",[n("Foo",["x"],["y"],domain="my.dom")],[x],[y],domains=["my.dom"])
m("no_domain",[n("Foo",["x"],["y"],domain="my.dom")],[x],[y])
m("missing_value",[n("Add",["x","zz"],["y"])],[x],[y])
m("type_mismatch",[n("Add",["x","i"],["y"])],[x,("i",T.INT64,["n"])],[y])
m("out_type",[n("Relu",["x"],["y"])],[x],[("y",T.INT64,None)])
m("bad_attr",[n("Softmax",["x"],["y"],axis=5)],[("x",F,[2,3])],[y])
m("extra_attr",[n("Relu",["x"],["y"],foo=5)],[x],[y])
m("bf16",[n("Add",["x","x"],["y"])],[("x",T.BFLOAT16,["n"])],[("y",T.BFLOAT16,None)])
m("complexin",[n("Identity",["x"],["y"])],[("x",T.COMPLEX64,["n"])],[("y",T.COMPLEX64,None)])
m("conv_f64",[n("Conv",["x","w"],["y"])],[("x",T.DOUBLE,[1,1,4,4]),("w",T.DOUBLE,[1,1,2,2])],[("y",T.DOUBLE,None)])
m("cycle",[n("Add",["x","b"],["a"]),n("Relu",["a"],["b"]),n("Relu",["b"],["y"])],[x],[y])
m("dup",[n("Relu",["x"],["y"]),h.make_node("Abs",["x"],["y"],name="q")],[x],[y])
m("no_output",[n("Relu",["x"],["q"])],[x],[y])
m("matmul_static",[n("MatMul",["x","w"],["y"])],[("x",F,[2,3]),("w",F,[4,5])],[y])
m("init_short",[n("Add",["x","c"],["y"])],[x],[y],[T(data_type=1,dims=[5],raw_data=b"\0"*8,name="c")])
m("init_huge",[n("Add",["x","c"],["y"])],[x],[y],[T(data_type=1,dims=[2**62,4],raw_data=b"\0"*8,name="c")])
e=T(data_type=1,dims=[4],name="c",data_location=1); 
for k,v in (("location","w.bin"),("offset","0"),("length","16")): e.external_data.add(key=k,value=v)
m("ext",[n("Add",["x","c"],["y"])],[x],[y],[e])
e2=T(data_type=1,dims=[4],name="c",data_location=1); 
for k,v in (("location","../w.bin"),("offset","0"),("length","16")): e2.external_data.add(key=k,value=v)
m("ext2",[n("Add",["x","c"],["y"])],[x],[y],[e2])
A=lambda *v:[list(np.shape(v)),list(map(float,np.ravel(v)))]
m("broadcast",[n("Add",["x","z"],["y"])],[("x",F,["n"]),("z",F,["m"])],[y],feeds={"x":A(1,2,3),"z":A(1,2)})
m("matmul",[n("MatMul",["x","z"],["y"])],[("x",F,["a","b"]),("z",F,["c","d"])],[y],feeds={"x":A([1,2,3]),"z":A([1,2])})
m("gather",[n("Gather",["c","i"],["y"])],[("i",T.INT64,["n"])],[y],[nh.from_array(np.float32([1,2,3]),"c")],feeds={"i":A(7)})
m("reshape",[n("Reshape",["x","s"],["y"])],[x,("s",T.INT64,["k"])],[y],feeds={"x":A(1,2,3),"s":A(2,2)})
m("concat",[n("Concat",["x","z"],["y"],axis=1)],[("x",F,["a","b"]),("z",F,["c","d"])],[y],feeds={"x":A([1,2,3]),"z":A([1],[2])})
m("wrong_shape_in",[n("Relu",["x"],["y"])],[("x",F,[4])],[y],feeds={"x":A(1,2)})
m("wrong_rank_in",[n("Relu",["x"],["y"])],[("x",F,[4,"n"])],[y],feeds={"x":A(1,2)})
m("oom",[n("ConstantOfShape",["s"],["y"])],[("s",T.INT64,["k"])],[y],feeds={"s":A(2000000000)})
m("overflow",[n("ConstantOfShape",["s"],["y"])],[("s",T.INT64,["k"])],[y],feeds={"s":A(2.0**62)})
m("negative",[n("ConstantOfShape",["s"],["y"])],[("s",T.INT64,["k"])],[y],feeds={"s":A(-5)})
m("overflow2",[n("Tile",["x","s"],["y"])],[x,("s",T.INT64,["k"])],[y],feeds={"x":A(1,2),"s":A(2.0**62)})
m("expand",[n("Expand",["x","s"],["y"])],[x,("s",T.INT64,["k"])],[y],feeds={"x":A(1,2),"s":A(3)})
m("divzero",[n("Div",["x","z"],["y"])],[("x",T.INT64,["n"]),("z",T.INT64,["n"])],[("y",T.INT64,None)],feeds={"x":A(1,2),"z":A(0,1)})
m("split",[n("Split",["x","s"],["y","y2"],axis=0)],[x,("s",T.INT64,["k"])],[y,("y2",F,None)],feeds={"x":A(1,2),"s":A(3,2)})
m("topk",[n("TopK",["x","s"],["y","y2"],axis=0)],[x,("s",T.INT64,[1])],[y,("y2",T.INT64,None)],feeds={"x":A(1,2),"s":A(9)})
m("pad",[n("Pad",["x","s"],["y"],mode="reflect")],[x,("s",T.INT64,["k"])],[y],feeds={"x":A(1,2),"s":A(9,9)})
m("conv_ch",[n("Conv",["x","w"],["y"])],[("x",F,["a","b","c","d"]),("w",F,["e","f","g","h"])],[y],feeds={"x":[[1,2,3,3],[0.0]*18],"w":[[1,3,2,2],[0.0]*12]})
m("squeeze",[n("Squeeze",["x","s"],["y"])],[x,("s",T.INT64,["k"])],[y],feeds={"x":A(1,2),"s":A(0)})
m("scatter",[n("ScatterND",["x","i","u"],["y"])],[x,("i",T.INT64,["k","r"]),("u",F,["q"])],[y],feeds={"x":A(1,2),"i":[[1,1],[9]],"u":A(1)})
m("einsum",[n("Einsum",["x","z"],["y"],equation="i,i->i")],[x,("z",F,["q"])],[y],feeds={"x":A(1,2),"z":A(1,2,3)})
m("gather_neg",[n("GatherND",["x","i"],["y"])],[x,("i",T.INT64,["k","r"])],[y],feeds={"x":A(1,2),"i":[[1,1],[9]]})
cases["garbage"]=(b"\1\2\3",{}); cases["empty"]=(b"",{}); cases["truncated"]=(cases["broadcast"][0][:40],{})

out = {
    name: {"model": base64.b64encode(model).decode(), "feeds": feeds} for name, (model, feeds) in cases.items()
}
with open("faulty_models.json", "w") as file:
    json.dump(out, file, indent=1)
    file.write("\n")
