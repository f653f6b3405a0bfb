/**
 * The names that `@strata/nn` itself exports. A name that is added here is a promise: layers are there without a word,
 * types that only signatures need belong to `@strata/nn/types`, and other names of layers, their base classes, options
 * and configurations to `@strata/nn/layers`.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import * as root from "@strata/nn";
import { layerClasses } from "./layers/every_layer.ts";

const VALUES = `
  DTypeError EagerTensor EngineError Graph InputError InputSpec Layer Model PoolError SeedGenerator Sequential
  ShapeError SymbolicTensor Tensor Variable WorkerPool Wrapper arange clearSession constraints declareWeights displayLayer
  displayTensor executingEagerly full initializers input jit maskOf modelFromJson modelToJson ones ops
  plotModel predict randomNormal randomUniform registerSerializable regularizers setMask setRandomSeed
  summaryOf tensor trace zeros
`;

const TYPES = `
  AnyCallOptions AnyLayer Anything BatchOptions CallControl CallOptions ConfigNames CompiledFunction CompiledGraph
  CompiledLayer DType DTypeOf DTypePolicy Dim GraphOptions InitializerLike Keeps LayerConfig LayerInput
  LayerOptions Maps Masks Mismatch ModelOptions ModelSource ModelSummary NestedArray OnnxOptions PlotOptions
  PoolErrorReason PoolStats Pooled PooledFunction PooledGraph PooledLayer PooledModel PredictOptions Provider
  SequentialOptions Shape ShapeOf SummaryOptions TensorLike TypedArray Values WeightOptions WorkerPoolOptions
`;

const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== "").toSorted();

Deno.test("the package exports every layer, and these values", () => {
  assertEquals(Object.keys(root).toSorted(), [...words(VALUES), ...layerClasses().keys()].toSorted());
});

Deno.test("the package exports these types, each by its name", async () => {
  const source = await Deno.readTextFile(new URL("../mod.ts", import.meta.url));
  const exported = source.replace(/\/\*[^]*?\*\//g, "").split(";").filter((statement) => statement.trim() !== "");
  const types = exported.flatMap((statement) => {
    if (/^\s*export \* (as ops )?from "\.\/src\/(ops\/mod|layers\/classes)\.ts"$/.test(statement)) return [];
    const [, only, names] = /^\s*export (type )?\{([^}]*)\} from "/.exec(statement) ?? [];
    if (names === undefined) throw new Error(`expected names in braces, received ${statement.trim()}`);
    const listed = names.split(",").map((name) => name.trim()).filter((name) => name !== "");
    return listed.filter((name) => only !== undefined || name.startsWith("type ")).map((name) =>
      name.replace("type ", "")
    );
  });
  assertEquals(types.toSorted(), words(TYPES));
});
