"""Writes endless.onnx: 2 KB of nested functions, each of which calls the one before twice. The engine inlines them: 2^26 nodes.

python make_endless.py
"""
from onnx import TensorProto, helper

imports = [helper.make_opsetid("", 21), helper.make_opsetid("nested", 1)]
functions = [helper.make_function("nested", "f0", ["x"], ["y"], [helper.make_node("Neg", ["x"], ["y"])], imports)]
for level in range(1, 27):
    before = f"f{level - 1}"
    calls = [
        helper.make_node(before, ["x"], ["z"], domain="nested"),
        helper.make_node(before, ["z"], ["y"], domain="nested"),
    ]
    functions.append(helper.make_function("nested", f"f{level}", ["x"], ["y"], calls, imports))
graph = helper.make_graph(
    [helper.make_node("f26", ["x"], ["y"], domain="nested")],
    "endless",
    [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n"])],
    [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n"])],
)
model = helper.make_model(graph, opset_imports=imports, functions=functions, ir_version=10, producer_name="strata-test")
with open("endless.onnx", "wb") as file:
    file.write(model.SerializeToString())
