"""Writes element_types.json: ONNX models that take and give values of every element type, with inputs and outputs.

The outputs are those of onnxruntime 1.30. 64-bit integers are written as strings.

python make_element_types.py
"""
import base64
import json

import numpy as np
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

rng = np.random.default_rng(7)
TYPES = {
    "int8": np.int8,
    "int16": np.int16,
    "uint8": np.uint8,
    "uint16": np.uint16,
    "int32": np.int32,
    "uint32": np.uint32,
    "int64": np.int64,
    "uint64": np.uint64,
    "float32": np.float32,
    "bool": np.bool_,
    "string": np.object_,
}
cases = {}


def code(value):
    return helper.np_dtype_to_tensor_dtype(value.dtype) if value.dtype != object else TensorProto.STRING


def name_of(value):
    return "string" if value.dtype == object else value.dtype.name


def listed(value):
    flat = value.ravel().tolist()
    wide = value.dtype in (np.int64, np.uint64)
    return {"dtype": name_of(value), "shape": list(value.shape), "data": [str(x) for x in flat] if wide else flat}


def case(name, nodes, inputs, outputs, constants=(), domains=(), opset=21):
    """`outputs` are names with element types."""
    graph = helper.make_graph(
        nodes,
        name,
        [helper.make_tensor_value_info(key, code(value), [None] * value.ndim) for key, value in inputs.items()],
        [helper.make_tensor_value_info(key, kind, None) for key, kind in outputs.items()],
        [numpy_helper.from_array(value, key) for key, value in dict(constants).items()],
    )
    imports = [helper.make_opsetid("", opset)] + [helper.make_opsetid(domain, version) for domain, version in domains]
    model = helper.make_model(graph, opset_imports=imports, ir_version=10, producer_name="strata-test")
    data = model.SerializeToString()
    session = onnxruntime.InferenceSession(data)
    results = session.run(None, inputs)
    cases[name] = {
        "model": base64.b64encode(data).decode(),
        "inputs": {key: listed(value) for key, value in inputs.items()},
        "outputs": {key: listed(np.asarray(value)) for key, value in zip(outputs, results)},
    }


def extremes(dtype):
    info = np.iinfo(dtype)
    return np.array([[info.min, 0, 1], [2, info.max - 1, info.max]], dtype)


node = helper.make_node
T = TensorProto
INTEGERS = ["int8", "int16", "uint8", "uint16", "int32", "uint32", "int64", "uint64"]
for kind in INTEGERS:
    dtype = TYPES[kind]
    onnx_type = helper.np_dtype_to_tensor_dtype(np.dtype(dtype))
    x = extremes(dtype)
    case(f"identity_{kind}", [node("Identity", ["x"], ["y"])], {"x": x}, {"y": onnx_type})
    case(f"transpose_{kind}", [node("Transpose", ["x"], ["y"])], {"x": x}, {"y": onnx_type})
    case(
        f"gather_{kind}",
        [node("Gather", ["x", "i"], ["y"], axis=1)],
        {"x": x, "i": np.array([2, 0], np.int64)},
        {"y": onnx_type},
    )
    case(f"cast_to_float32_{kind}", [node("Cast", ["x"], ["y"], to=T.FLOAT)], {"x": x}, {"y": T.FLOAT})
    small = np.array([0, 1, 2, 100, 127], np.float32)
    case(f"cast_from_float32_{kind}", [node("Cast", ["x"], ["y"], to=onnx_type)], {"x": small}, {"y": onnx_type})
    case(f"equal_{kind}", [node("Equal", ["x", "z"], ["y"])], {"x": x, "z": x[:, ::-1].copy()}, {"y": T.BOOL}, opset=19) if kind in (
        "int8", "int32", "int64", "uint8"
    ) else None
    case(f"empty_{kind}", [node("Identity", ["x"], ["y"])], {"x": np.zeros([0, 3], dtype)}, {"y": onnx_type})
    case(f"scalar_{kind}", [node("Identity", ["x"], ["y"])], {"x": np.array(5, dtype)}, {"y": onnx_type})

for kind in ["uint8", "uint16", "uint32", "uint64"]:
    dtype = TYPES[kind]
    onnx_type = helper.np_dtype_to_tensor_dtype(np.dtype(dtype))
    if kind != "uint16":
        case(
            f"bit_shift_{kind}",
            [node("BitShift", ["x", "z"], ["y"], direction="LEFT")],
            {"x": np.array([16, 4, 1], dtype), "z": np.array([1, 2, 3], dtype)},
            {"y": onnx_type},
        )
    case(
        f"bitwise_and_{kind}",
        [node("BitwiseAnd", ["x", "z"], ["y"])],
        {"x": np.array([12, 10, 255], dtype), "z": np.array([10, 6, 3], dtype)},
        {"y": onnx_type},
    )

for kind in ["int8", "uint8", "int16", "uint16"]:
    dtype = TYPES[kind]
    onnx_type = helper.np_dtype_to_tensor_dtype(np.dtype(dtype))
    scale, zero = np.float32(0.5), np.array(3, dtype)
    case(
        f"quantize_{kind}",
        [node("QuantizeLinear", ["x", "s", "z"], ["y"])],
        {"x": np.array([[-1000, -2, 0], [1.25, 7.5, 1e6]], np.float32)},
        {"y": onnx_type},
        {"s": np.asarray(scale), "z": zero},
    )
    case(
        f"dequantize_{kind}",
        [node("DequantizeLinear", ["x", "s", "z"], ["y"])],
        {"x": extremes(dtype)},
        {"y": T.FLOAT},
        {"s": np.asarray(scale), "z": zero},
    )

a, b = rng.integers(-128, 128, [3, 4]).astype(np.int8), rng.integers(-128, 128, [4, 2]).astype(np.int8)
case("matmul_integer_int8", [node("MatMulInteger", ["a", "b"], ["y"])], {"a": a, "b": b}, {"y": T.INT32})
case(
    "conv_integer_uint8",
    [node("ConvInteger", ["x", "w"], ["y"])],
    {"x": rng.integers(0, 256, [1, 1, 4, 4]).astype(np.uint8), "w": rng.integers(0, 256, [1, 1, 2, 2]).astype(np.uint8)},
    {"y": T.INT32},
)
case(
    "dynamic_quantize",
    [node("DynamicQuantizeLinear", ["x"], ["y", "scale", "zero"])],
    {"x": np.array([0, 2, -3, -2.5, 1.34, 0.5], np.float32)},
    {"y": T.UINT8, "scale": T.FLOAT, "zero": T.UINT8},
)

texts = np.array([["Zürich", "", "new york"], ["東京", "a\nb", "\ufeff😀 emoji"]], object)
case("identity_string", [node("Identity", ["x"], ["y"])], {"x": texts}, {"y": T.STRING})
case("empty_string", [node("Identity", ["x"], ["y"])], {"x": np.zeros([0, 2], object)}, {"y": T.STRING})
case("scalar_string", [node("Identity", ["x"], ["y"])], {"x": np.array("one", object)}, {"y": T.STRING})
case("gather_string", [node("Gather", ["x", "i"], ["y"], axis=1)], {"x": texts, "i": np.array([2, 2], np.int64)}, {"y": T.STRING})
case("concat_string", [node("Concat", ["x", "z"], ["y"], axis=0)], {"x": texts, "z": texts[:1]}, {"y": T.STRING})
case("reshape_string", [node("Reshape", ["x", "s"], ["y"])], {"x": texts}, {"y": T.STRING}, {"s": np.array([3, 2], np.int64)})
case("string_concat", [node("StringConcat", ["x", "z"], ["y"])], {"x": texts, "z": np.array(["!"], object)}, {"y": T.STRING})
case("string_split", [node("StringSplit", ["x"], ["y", "n"], delimiter=" ")], {"x": texts[:, 2]}, {"y": T.STRING, "n": T.INT64})
case("regex_full_match", [node("RegexFullMatch", ["x"], ["y"], pattern="[a-z ]+")], {"x": texts}, {"y": T.BOOL})
case("equal_string", [node("Equal", ["x", "z"], ["y"])], {"x": texts, "z": np.array([["", "", "new york"]], object)}, {"y": T.BOOL}, opset=19)
case("cast_to_string", [node("Cast", ["x"], ["y"], to=T.STRING)], {"x": np.array([1, -2, 30], np.int64)}, {"y": T.STRING})
case("cast_from_string", [node("Cast", ["x"], ["y"], to=T.FLOAT)], {"x": np.array(["1.5", "-2", "3e2"], object)}, {"y": T.FLOAT})
case(
    "string_normalizer",
    [node("StringNormalizer", ["x"], ["y"], case_change_action="UPPER", locale="C", stopwords=["monday"], is_case_sensitive=1)],
    {"x": np.array(["monday", "tuesday", "wednesday"], object)},
    {"y": T.STRING},
)
case(
    "label_encoder_to_int64",
    [node("LabelEncoder", ["x"], ["y"], domain="ai.onnx.ml", keys_strings=["a", "b", "c"], values_int64s=[0, 1, 2], default_int64=42)],
    {"x": np.array(["a", "b", "d", "c", "g"], object)},
    {"y": T.INT64},
    domains=[("ai.onnx.ml", 2)],
)
case(
    "label_encoder_to_string",
    [node("LabelEncoder", ["x"], ["y"], domain="ai.onnx.ml", keys_int64s=[0, 1], values_strings=["no", "yes"], default_string="?")],
    {"x": np.array([[1, 0], [5, 1]], np.int64)},
    {"y": T.STRING},
    domains=[("ai.onnx.ml", 2)],
)
case(
    "mixed",
    [
        node("Identity", ["words"], ["same"]),
        node("Cast", ["small"], ["wide"], to=T.UINT64),
        node("Add", ["x", "x"], ["twice"]),
    ],
    {"words": texts, "small": np.array([1, 127], np.int8), "x": np.array([1.5, -2], np.float32)},
    {"same": T.STRING, "wide": T.UINT64, "twice": T.FLOAT},
)

with open("element_types.json", "w") as file:
    file.write("{\n" + ",\n".join(f'"{name}": {json.dumps(case, ensure_ascii=False)}' for name, case in cases.items()) + "\n}\n")
print(len(cases))
