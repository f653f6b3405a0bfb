"""Checks what Strata exports: is it ONNX, and does native ONNX Runtime give the eager numbers?

Every model is checked by onnx.checker with full_check, its shapes are inferred in strict mode with types and known
values, and each of its runs is compared. Writes test/golden/onnx_export.json: one line for each name, with how many models and runs
there were and the largest difference, relative where values are above 1.

    deno run -A test/run.ts run -A test/onnx/write_exports.ts FOLDER
    python test/onnx/check_export.py FOLDER
"""

import json
import pathlib
import sys

import numpy as np
import onnx
import onnxruntime

# Float16 is rounded at other places where nodes are fused. Tensors of float64 are computed in float32 by some kernels.
TOLERANCES = {"float32": 2e-4, "float16": 1e-2, "float64": 2e-4}

folder = pathlib.Path(sys.argv[1])
onnxruntime.set_default_logger_severity(3)


def read(values, place):
    count = int(np.prod(place["shape"], dtype=np.int64))
    flat = np.frombuffer(values, dtype=place["dtype"], count=count, offset=place["at"])
    return flat.reshape(place["shape"])


def difference(got, want):
    """How far values are apart; infinite where they must be the same and are not."""
    if got.dtype != want.dtype or got.shape != want.shape:
        return np.inf
    if got.dtype.name not in TOLERANCES:
        return 0.0 if np.array_equal(got, want) else np.inf
    a, b = got.astype(np.float64), want.astype(np.float64)
    same = (a == b) | (np.isnan(a) & np.isnan(b))
    with np.errstate(invalid="ignore"):
        apart = np.where(same, 0, np.abs(a - b) / np.maximum(1, np.abs(b)))
    return float(np.nan_to_num(apart, nan=np.inf).max(initial=0))


failures = []
results = {}
for line in (folder / "index.jsonl").read_text().splitlines():
    case = json.loads(line)
    name, path = case["name"], folder / f"{case['file']}.onnx"
    result = results.setdefault(name, {"models": 0, "runs": 0, "difference": 0.0})
    result["models"] += 1
    try:
        model = onnx.load(path)
        onnx.checker.check_model(model, full_check=True)
        onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)
        session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    except Exception as error:
        failures.append(f"{name} ({path.name}): {str(error).splitlines()[0]}")
        continue
    values = (folder / f"{case['file']}.values").read_bytes()
    for run in case["runs"]:
        given = [read(values, place) for place in run["inputs"]]
        # Names that a graph does not read are no inputs of the session.
        names = [value.name for value in model.graph.input]
        assert len(names) == len(given), name
        wanted = [read(values, place) for place in run["outputs"]]
        try:
            outputs = session.run(None, dict(zip(names, given)))
        except Exception as error:
            failures.append(f"{name} ({path.name}): {str(error).splitlines()[0]}")
            continue
        result["runs"] += 1
        for got, want in zip(outputs, wanted, strict=True):
            apart = difference(got, want)
            result["difference"] = max(result["difference"], apart)
            if apart > TOLERANCES.get(want.dtype.name, 0):
                failures.append(f"{name} ({path.name}): {apart} apart, {got.dtype}{got.shape} {want.dtype}{want.shape}")

versions = {"onnx": onnx.__version__, "onnxruntime": onnxruntime.__version__}
for result in results.values():
    result["difference"] = float("%.1e" % result["difference"])
lines = ",\n".join(f"    {json.dumps(name)}: {json.dumps(result)}" for name, result in sorted(results.items()))
(pathlib.Path(__file__).parent.parent / "golden" / "onnx_export.json").write_text(
    f'{{\n  "versions": {json.dumps(versions)},\n  "failures": {json.dumps(failures, indent=2)},\n  "results": {{\n{lines}\n  }}\n}}\n'
)
models, runs = (sum(result[what] for result in results.values()) for what in ("models", "runs"))
print(f"{models} models, {runs} runs, {len(failures)} failures")
for failure in failures[:60]:
    print(failure)
sys.exit(1 if failures else 0)
