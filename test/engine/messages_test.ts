import { assert, assertEquals, assertThrows } from "@std/assert";
import { EngineError, type HostTensor } from "../../src/engine/engine.ts";
import { reasonOf } from "../../src/engine/messages.ts";
import { WasmEngine } from "../../src/engine/wasm_engine.ts";
import { compileModule, instantiateModule } from "../../src/engine/wasm_module.ts";
import { host } from "./models.ts";

interface Faulty {
  readonly model: string;
  readonly feeds: { readonly [name: string]: readonly [shape: readonly number[], values: readonly number[]] };
}

const faulty = JSON.parse(
  await Deno.readTextFile(new URL("../golden/faulty_models.json", import.meta.url)),
) as { readonly [name: string]: Faulty };

const engine = new WasmEngine(await instantiateModule(await compileModule()));

/** What is said of each model, after "Cannot load the model: ". */
const LOADING = {
  ir14: "expected IR version 13 at most, received 14",
  opset30: "expected opset 26 of ai.onnx at most, received 30",
  unknown_op: "opset 21 has no operator Foo",
  unknown_domain: "domain my.dom has no operator Foo",
  no_domain: "it uses operators of domain my.dom, of which it imports no opset",
  missing_value: "there is no value zz, which a node reads",
  type_mismatch: "node block/layer/add (Add): expected inputs of one element type, received float32 and int64",
  out_type: "node block/layer/relu: expected output y to be declared as float32, received int64",
  bad_attr: "'axis' must be in [-2 , 1]. Its actual value is: 5",
  extra_attr: "operator Relu has no attribute foo",
  bf16: "node block/layer/add (Add): Could not find an implementation of Add of opset 14 for these element types",
  complexin: "the engine has no values of element type complex64",
  conv_f64:
    "node block/layer/conv (Conv): Could not find an implementation of Conv of opset 11 for these element types",
  cycle: "several nodes have the name block/layer/relu",
  dup: "several values have the name y",
  no_output: "there is no value y, which is an output",
  matmul_static: "Incompatible dimensions for matrix multiplication",
  init_short: "constant c: expected 20 bytes, received 8",
  init_huge: "Out of bounds dimensions in TypeProto_Tensor",
  ext: 'the file "w.bin" is missing, in which weights lie; give it as { model, data }',
  ext2: 'the file "../w.bin" is missing, in which weights lie; give it as { model, data }',
  garbage: "its bytes are no ONNX model",
  empty: "its bytes hold no graph",
  truncated: "its bytes are no ONNX model",
};

/** What is said of each run, after "Cannot run the model: ". */
const RUNNING = {
  broadcast: "shapes cannot be broadcast: expected sizes that are equal or 1, received 2 by 3",
  matmul: "node block/layer/matmul (MatMul): MatMul dimension mismatch",
  gather: "node block/layer/gather (Gather): indices element out of data bounds, idx=7 must be within the inclusive " +
    "range [-3,2]",
  reshape: "a tensor of shape [3] cannot be reshaped to [2,2]",
  concat: "node block/layer/concat (Concat): Non concat axis dimensions must match: Axis 0 has mismatched dimensions " +
    "of 2 and 1",
  wrong_shape_in: "input x: expected size 4 on axis 0, received 2",
  wrong_rank_in: "input x: expected 2 axes, received 1",
  oom: "a tensor has more bytes than the 4 GiB that the engine's heap can have",
  overflow: "Tensor shape is too large",
  negative: "expected the sizes of a tensor to be at least 0, received a negative one",
  overflow2:
    "node block/layer/tile (Tile): Tile output tensor would require more than 4294967295 bytes, which exceeds " +
    "the supported maximum of 4294967295 bytes",
  expand: "node block/layer/expand (Expand): invalid expand shape",
  divzero: "node block/layer/div (Div): Integer division by zero",
  split: "node block/layer/split (Split): Invalid value in 'split'. Split size 3 exceeds the remaining size of the " +
    "selected axis, 2",
  topk: "node block/layer/topk (TopK): k argument [9] should not be greater than specified axis dim value [2]",
  pad: "node block/layer/pad (Pad): Pad reflect: pre-pad (9) exceeds maximum allowed (1) for axis 0. Input shape:{2}",
  squeeze: "Dimension of input 0 must be 1 instead of 2. shape={2}",
  scatter: "node block/layer/scatternd (ScatterND): invalid indice found, indice = 9",
  gather_neg: "node block/layer/gathernd (GatherND): invalid index found, index = 9",
};

const bytesOf = (name: string) => Uint8Array.from(atob(faulty[name]!.model), (character) => character.charCodeAt(0));

/** What is said when a model is loaded and run. */
function messageOf(name: string): string {
  return assertThrows(() => {
    const program = engine.loadSync(bytesOf(name));
    program.runSync(program.inputs.map(({ name: input, dtype }): HostTensor => {
      const [shape, values] = faulty[name]!.feeds[input]!;
      return host(dtype!, shape, values);
    }));
  }, EngineError).message;
}

Deno.test("models that cannot be loaded are told of in plain words", () => {
  for (const [name, reason] of Object.entries(LOADING)) {
    assertEquals(messageOf(name), `Cannot load the model: ${reason}`);
  }
});

Deno.test("runs that fail are told of in plain words, with the node where that is known", () => {
  for (const [name, reason] of Object.entries(RUNNING)) {
    assertEquals(messageOf(name), `Cannot run the model: ${reason}`);
  }
});

Deno.test("no message shows the engine's own source", () => {
  for (const name of Object.keys(faulty)) {
    const message = messageOf(name);
    assert(!/::|\(const |\.cc:|\.h:|std::|\bvoid\b/.test(message), `${name}: ${message}`);
  }
  assertEquals(
    reasonOf(
      "failed to call OrtRun(). ERROR_CODE: 2, ERROR_MESSAGE: Non-zero status code returned while running MatMul node. " +
        "Name:'a/b' Status Message: matmul_helper.h:61 Compute MatMul dimension mismatch",
    ),
    "node a/b (MatMul): MatMul dimension mismatch",
  );
  assertEquals(reasonOf("std::bad_alloc"), "out of memory: the engine's heap has 4 GiB at most");
  // What users have written stays as it is.
  assertEquals(
    reasonOf("No Op registered for Foo::Bar(x) with domain_version of 21"),
    "opset 21 has no operator Foo::Bar(x)",
  );
});
