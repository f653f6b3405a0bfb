/**
 * Statistics of training with masks and along any axis, and axes in any order, as Keras has them: eagerly, and compiled
 * with known sizes and without.
 */
import * as layers from "../../../src/layers/normalization/mod.ts";
import { OPENINGS } from "../../jit/both_ways.ts";
import { checkCalls, describeCase, type GoldenCase, OPEN_BATCH, readGolden, untyped } from "../golden_case.ts";
import { shapeOfNumbers } from "../golden.ts";

interface Golden {
  readonly statistics: readonly GoldenCase[];
  readonly axes: readonly GoldenCase[];
}

type LayerClass = new (options: object) => unknown;

const { statistics, axes } = readGolden<Golden>("normalization");

for (const each of [...statistics, ...axes]) {
  const { x, calls: [first], options, layer } = each;
  const mask = first!.mask === null ? "" : `, masked by [${shapeOfNumbers(first!.mask as never)}]`;
  Deno.test(`as Keras: [${shapeOfNumbers(x)}]${mask}: ${describeCase(each)}`, () => {
    const Class = (layers as unknown as Readonly<Record<string, LayerClass>>)[layer]!;
    const { known, unknown } = OPENINGS;
    checkCalls(() => untyped(new Class(options)), each, {
      openings: { known: known!, unknown: unknown!, "open batch": OPEN_BATCH },
      tolerance: options["dtype"] === undefined ? 1e-5 : 4e-3,
    });
  });
}
