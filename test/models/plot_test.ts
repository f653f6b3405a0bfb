import { assert, assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import {
  type AnyLayer,
  clearSession,
  Dense,
  input,
  InputError,
  Layer,
  Model,
  ops,
  plotModel,
  Sequential,
  type Tensor,
} from "@strata/nn";
import { callUntyped } from "../layers/layer_test_harness.ts";

function sample(): AnyLayer {
  clearSession();
  const [x, z] = [input([null, 4], { name: "x" }), input([null, 4], { name: "z" })];
  const inner = new Sequential(input([null, 4], { name: "in" }), new Dense(3, { name: "d" }), { name: "inner" });
  const shared = new Dense(4, { name: "shared" });
  const outputs = inner(ops.add(shared(shared(x)), shared(z)));
  return new Model({ inputs: [x, z], outputs, name: "net" });
}

Deno.test("a model as a flowchart of Mermaid", async () => {
  assertEquals(
    await plotModel(sample(), { format: "mermaid" }),
    `flowchart TB
  part0(["x (InputLayer)"])
  part1(["z (InputLayer)"])
  part2["shared (Dense)"]
  part3("add (Add)")
  part4[["inner (Sequential)"]]
  part0 --> part2
  part2 --> part2
  part1 --> part2
  part2 --> part3
  part3 --> part4
`,
  );
});

Deno.test("models inside become frames", async () => {
  assertEquals(
    await plotModel(sample(), {
      format: "mermaid",
      expandNested: true,
      showShapes: true,
      showDtype: true,
      rankdir: "LR",
    }),
    `flowchart LR
  part0(["x (InputLayer)<br/>[?, 4]<br/>float32"])
  part1(["z (InputLayer)<br/>[?, 4]<br/>float32"])
  part2["shared (Dense)<br/>[?, 4] → [?, 4]<br/>float32"]
  part3("add (Add)<br/>[?, 4], [?, 4] → [?, 4]<br/>float32")
  subgraph model0["inner (Sequential)"]
    part4(["in (InputLayer)<br/>[?, 4]<br/>float32"])
    part5["d (Dense)<br/>[?, 4] → [?, 3]<br/>float32"]
  end
  part4 --> part5
  part0 --> part2
  part2 --> part2
  part1 --> part2
  part2 --> part3
  part3 --> part4
`,
  );
});

Deno.test("without names boxes have the classes alone", async () => {
  const text = await plotModel(sample(), { format: "mermaid", showLayerNames: false });
  assertStringIncludes(text, 'part2["Dense"]');
  assertEquals(text.includes("shared"), false);
});

const BAD = 'a"<b>&`#;|{}\n\\x';

Deno.test("names cannot break out of their boxes", async () => {
  const model = new Sequential(input([null, 2], { name: "x" }), new Dense(1, { name: BAD }), { name: BAD }) as AnyLayer;
  const mermaid = await plotModel(model, { format: "mermaid" });
  assertStringIncludes(mermaid, 'part1["a#34;#60;b#62;#38;#96;#35;#59;#124;#123;#125; #92;x (Dense)"]\n');
  const svg = await plotModel(model);
  assertStringIncludes(svg, ">a&quot;&lt;b&gt;&amp;`#;|{}\n\\x (Dense)</text>");
  assertStringIncludes(svg, "<title>a&quot;&lt;b&gt;&amp;`#;|{}\n\\x</title>");
  assertEquals(svg.includes("<b>"), false);
});

/** Left, top, right and bottom of each rectangle. */
function rectangles(svg: string): number[][] {
  const found = [...svg.matchAll(/<rect x="([-\d.]+)" y="([-\d.]+)" width="([\d.]+)" height="([\d.]+)"/g)];
  return found.map(([, ...numbers]) => {
    const [x, y, width, height] = numbers.map(Number) as [number, number, number, number];
    return [x, y, x + width, y + height];
  });
}

Deno.test("a model as a picture: boxes one below the other, which do not overlap, and arrows", async () => {
  const svg = await plotModel(sample(), { showShapes: true });
  assertMatch(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="[\d.]+" height="[\d.]+" viewBox="0 0 /);
  assert(svg.endsWith("</svg>"));
  const boxes = rectangles(svg);
  assertEquals([boxes.length, svg.match(/marker-end/g)?.length], [5, 5]);
  const [x, z, shared, add, inner] = boxes as [number[], number[], number[], number[], number[]];
  for (const [above, below] of [[x, shared], [z, shared], [shared, add], [add, inner]] as const) {
    assert(above[3]! < below[1]!, "what is read stands above");
  }
  assert(x[2]! < z[0]! || z[2]! < x[0]!, "the inputs stand side by side");
  const [width, height] = /width="([\d.]+)" height="([\d.]+)"/.exec(svg)!.slice(1).map(Number) as [number, number];
  for (const [left, top, right, bottom] of boxes) {
    assert(left! >= 0 && top! >= 0 && right! <= width && bottom! <= height, "boxes are in the picture");
  }
  assertEquals(await plotModel(sample(), { showShapes: true }), svg, "a model has one picture");
});

Deno.test("pictures run the way that is asked for, and frames are around their boxes", async () => {
  const svg = await plotModel(sample(), { rankdir: "LR", expandNested: true });
  const [frame, x, , shared, , first, last] = rectangles(svg) as [
    number[],
    number[],
    number[],
    number[],
    number[],
    number[],
    number[],
  ];
  assert(x[2]! < shared[0]!, "from left to right");
  for (const box of [first, last]) {
    assert(box[0]! > frame[0]! && box[1]! > frame[1]! && box[2]! < frame[2]! && box[3]! < frame[3]!);
  }
});

Deno.test("a layer of which is not known what it does inside is one box, or a frame of its layers", async () => {
  clearSession();
  class Two extends Layer {
    readonly a: AnyLayer = new Dense(1, { name: "a" });
    readonly b: AnyLayer = new Dense(1, { name: "b" });
    override call(x: Tensor): Tensor {
      return callUntyped(this.b, callUntyped(this.a, x));
    }
  }
  assertEquals(await plotModel(new Two() as AnyLayer, { format: "mermaid" }), 'flowchart TB\n  part0[["two (Two)"]]\n');
  const framed = await plotModel(new Two({ name: "again" } as never) as AnyLayer, {
    format: "mermaid",
    expandNested: true,
  });
  assertStringIncludes(framed, 'part0["a (Dense)"]\n    part1["b (Dense)"]\n  end\n');
  assertStringIncludes(await plotModel(new Two() as AnyLayer, { expandNested: true }), "a (Dense)</text>");
});

Deno.test("unknown formats and directions are refused", async () => {
  await assertRejects(
    () => plotModel(sample(), { format: "png" as never }),
    RangeError,
    "svg or mermaid, received png",
  );
  await assertRejects(() => plotModel(sample(), { rankdir: "UP" as never }), RangeError, "received UP");
});

Deno.test("options of another kind are refused by name", async () => {
  const refused = (options: object, sentence: string): Promise<Error> =>
    assertRejects(() => plotModel(sample(), options), InputError, `Cannot plot model net: ${sentence}`);
  for (const [odd, kind] of [[null, "null"], [Symbol("a"), "a symbol"], [Object.create(null), "a record"]] as const) {
    await refused({ format: odd }, `expected format svg or mermaid, received ${kind}`);
    await refused({ rankdir: odd }, `expected rankdir TB, BT, LR or RL, received ${kind}`);
    for (const name of ["expandNested", "showDtype", "showLayerNames", "showShapes"]) {
      await refused({ [name]: odd }, `expected ${name} to be true or false, received ${kind}`);
    }
  }
});
