"""Makes onnx_operators.json: the operators of opset 21 as the ONNX standard defines them.

For each operator: since which opset, how many inputs and outputs it has at least and at most, the types of these, the
attributes with their types and whether they must be there, and which dtypes each type variable may be: of those, the ones
that Strata has, by its names.

Made with onnx 1.23.1: python make_onnx_operators.py
"""

import json
import pathlib

import onnx

OPSET = 21
NAMES = {
    "tensor(float)": "float32",
    "tensor(double)": "float64",
    "tensor(float16)": "float16",
    "tensor(int32)": "int32",
    "tensor(int64)": "int64",
    "tensor(uint8)": "uint8",
    "tensor(bool)": "bool",
}


def parameters(formal):
    """The type of each: a variable or a dtype; `...` follows one that stands for any number of values, `*` where each has a type of its own."""
    many = onnx.defs.OpSchema.FormalParameterOption.Variadic
    return [
        NAMES.get(p.type_str, p.type_str) + ("" if p.option != many else "..." if p.is_homogeneous else "*")
        for p in formal
    ]


def describe(schema):
    return {
        "since": schema.since_version,
        "inputs": [schema.min_input, schema.max_input],
        "outputs": [schema.min_output, schema.max_output],
        "reads": parameters(schema.inputs),
        "gives": parameters(schema.outputs),
        "attributes": {
            name: [attribute.type.name.lower(), attribute.required]
            for name, attribute in sorted(schema.attributes.items())
        },
        "types": {
            constraint.type_param_str: [
                dtype for name, dtype in NAMES.items() if name in constraint.allowed_type_strs
            ]
            for constraint in schema.type_constraints
        },
    }


operators = {}
for name in sorted({s.name for s in onnx.defs.get_all_schemas_with_history() if s.domain == ""}):
    try:
        schema = onnx.defs.get_schema(name, OPSET, "")
    except onnx.defs.SchemaError:
        continue  # It came with a later opset.
    if not schema.deprecated:
        operators[name] = describe(schema)

lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(entry)}" for name, entry in operators.items())
path = pathlib.Path(__file__).parent / "onnx_operators.json"
path.write_text(f'{{"onnx": "{onnx.__version__}", "opset": {OPSET}, "operators": {{\n{lines}\n}}}}\n')
print(len(operators), "operators")
