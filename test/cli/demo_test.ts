import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { full } from "@strata/nn";
import {
  accuracyOf,
  batchesOf,
  classify,
  differenceFrom,
  isSameReading,
  loadDigits,
  showDigit,
  summary,
} from "../../src/cli/demo.ts";
import { readArguments, usage } from "../../src/cli/arguments.ts";
import { Digits } from "../../src/cli/digits.ts";
import { loadNetwork, makeNetwork, type NetworkName } from "../../src/cli/networks.ts";
import { measureSpeeds, showSpeeds } from "../../src/cli/speeds.ts";
import { progressBar } from "../../src/models/progress.ts";

interface Expected {
  readonly test_accuracy: { readonly [network: string]: number };
  readonly logits_first_16_test_rows: { readonly [network: string]: readonly (readonly number[])[] };
  readonly predictions_test_rows: { readonly [network: string]: readonly number[] };
}

const expected = JSON.parse(
  await Deno.readTextFile(new URL("../data/expected.json", import.meta.url)),
) as Expected;
const digits = await loadDigits();

for (const name of ["mlp", "cnn"] as const satisfies readonly NetworkName[]) {
  const { model, keras } = await loadNetwork(name);
  const results = classify(model, digits);
  const key = `digits_${name}`;

  Deno.test(`The demo's ${name} reads all 450 digits as Keras does`, () => {
    assertEquals(results.predictions, expected.predictions_test_rows[key]);
  });

  Deno.test(`The accuracy of the demo's ${name} is Keras's`, () => {
    assertEquals(accuracyOf(results, digits), 445 / 450);
    assertEquals(Math.fround(445 / 450), expected.test_accuracy[key]);
  });

  Deno.test(`The logits of the demo's ${name} are Keras's within 1e-4`, () => {
    const logits = expected.logits_first_16_test_rows[key]!;
    assertEquals(logits.length, 16);
    for (const [index, row] of logits.entries()) {
      for (const [k, logit] of row.entries()) assert(Math.abs(results.logits[index]![k]! - logit) <= 1e-4);
    }
  });

  Deno.test(`What the demo compares its ${name} with is what Keras has computed`, () => {
    assertEquals(keras.accuracy, expected.test_accuracy[key]);
    assertEquals(keras.logits, expected.logits_first_16_test_rows[key]);
  });

  Deno.test(`Each way of running the ${name} reads the 450 rows as Keras does, one or 45 a call`, async () => {
    const speeds = await measureSpeeds(model, batchesOf(digits, 1), { workers: 2, duration: 0 });
    assertEquals(speeds.map(({ way }) => way), ["eager", "traced", "pooled", "pooled, joined"]);
    for (const { logits, rowsPerSecond } of speeds) {
      assertEquals(logits.map((row) => row.indexOf(Math.max(...row))), expected.predictions_test_rows[key]);
      assert(rowsPerSecond > 0 && rowsPerSecond < Infinity);
    }
    assert(isSameReading(speeds));
    const batched = await measureSpeeds(model, batchesOf(digits, 45), { workers: 2, duration: 0, joins: false });
    assertEquals(batched.map(({ way }) => way), ["eager", "traced", "pooled"]);
    assert(isSameReading([speeds[0]!, ...batched]));
    assert(!isSameReading([speeds[0]!, { ...speeds[1]!, logits: speeds[1]!.logits.toReversed() }]));
  });
}

const { model, keras } = await loadNetwork("mlp");
const done: number[] = [];
const results = classify(model, digits, (count) => done.push(count));

Deno.test("The largest difference is that of one logit, with its sign dropped", () => {
  const moved = results.logits.map((row, index) => index === 7 ? [...row.slice(0, 9), row[9]! - 3] : row);
  const difference = differenceFrom({ accuracy: 1, logits: results.logits.slice(0, 16) }, {
    ...results,
    logits: moved,
  });
  assertEquals(Math.round(difference * 1e6), 3e6);
});

Deno.test("Progress is told after each batch of 32, the last of which is smaller", () => {
  assertEquals(done, [...Array.from({ length: 14 }, (_, batch) => 32 * (batch + 1)), 450]);
});

Deno.test("A network has the weights that it is given", () => {
  const values = ["hidden/kernel", "hidden/bias", "logits/kernel", "logits/bias"].map((name, index) =>
    [name, full([[64, 64], [64], [64, 10], [10]][index]!, index)] as const
  );
  const { layers } = makeNetwork("mlp", new Map(values));
  assertEquals(layers.flatMap((layer) => layer.getWeights().map((weight) => weight.dataSync()[0])), [0, 1, 2, 3]);
  assertEquals(layers.at(-1)!.countParams(), 64 * 10 + 10);
  const message = "Cannot load the weights: expected one named logits/bias";
  assertThrows(() => makeNetwork("mlp", new Map(values.slice(0, 3))), TypeError, message);
});

Deno.test("Digits are rows of 64 pixels and a label", () => {
  const rows = new Uint8Array(130);
  rows.set([16, 4], 65);
  rows[129] = 7;
  const two = new Digits(rows);
  assertEquals([two.count, two.label(0), two.label(1)], [2, 0, 7]);
  const images = two.images(1, 2);
  assertEquals(images.shape, [1, 64]);
  assertEquals([...images.dataSync()].slice(0, 3), [1, 0.25, 0]);
  const message = "Cannot read digits: expected rows of 65 bytes, received 129 bytes";
  assertThrows(() => new Digits(rows.subarray(1)), RangeError, message);
});

Deno.test("The picture of a digit in plain characters has the prediction beside it", () => {
  // The pixels of row 1349 of digits.bin, and the softmax of its logits by Keras: 0.99958.
  assertEquals(
    showDigit(digits, 2, keras.logits[2]!, false),
    [
      "    ..**##..",
      "    ++%%%%--         Digit 2 of the 450 that training has not seen",
      "    **++--%%",
      "    ::**::**         Read as    2",
      "        **==         Certainty  99.96 %",
      "      ..%%::         Meant as   2",
      "    ..##@@##**..",
      "    ..######%%**",
    ].map((line) => `${line}\n`).join(""),
  );
});

Deno.test("The picture of a digit in colors has nine lines of 18 half blocks", () => {
  const lines = showDigit(digits, 2, keras.logits[2]!, true).trimEnd().split("\n");
  assertEquals(lines.map((line) => line.split("▀").length - 1), new Array(9).fill(18));
});

Deno.test("The summary has the exact numbers", () => {
  const lines = summary({ ...results, milliseconds: 45 }, digits, keras).split("\n");
  assertEquals(lines.map((line) => line.replace(/Logits +\d\.\de-\d/, "Logits      ?")), [
    "  Accuracy    0.98889   Keras: 0.98889",
    "  Misread     5         digits 67, 126, 264, 298, 332",
    "  Logits      ?    largest difference from Keras's",
    "  Time        45.0 ms   100 µs a digit, 32 at once",
    "",
  ]);
});

Deno.test("The progress bar is filled as far as the work is done", () => {
  assertEquals(progressBar(0, 450, 4), "────    0 / 450");
  assertEquals(progressBar(225, 450, 4), "━━──  225 / 450");
  assertEquals(progressBar(449, 450, 4), "━━━─  449 / 450");
  assertEquals(progressBar(450, 450, 4), "━━━━  450 / 450");
});

Deno.test("The command line says which digit is shown, which network reads and what is written", () => {
  const none = { index: 0, network: "mlp", onnx: false, help: false };
  assertEquals(readArguments([], 450), { ...none });
  assertEquals(readArguments(["449"], 450), { ...none, index: 449 });
  assertEquals(readArguments(["--cnn", "67", "--onnx"], 450), { ...none, index: 67, network: "cnn", onnx: true });
  for (const args of [["-h"], ["--help"], ["two", "--help"]]) {
    assertEquals(readArguments(args, 450), { ...none, help: true });
  }
});

Deno.test("A digit that there is not, or a second one, is refused", () => {
  for (const args of [["450"], ["1.5"], ["two"], [""], ["67", "68"], ["--", "-1"], ["--", "--cnn"]]) {
    const received = args.filter((argument) => argument !== "--").join(" ");
    const message = `Cannot show a digit: expected a number from 0 to 449, received ${received}`;
    assertThrows(() => readArguments(args, 450), RangeError, message);
  }
});

Deno.test("An option that the demo does not have is refused by its name", () => {
  for (const option of ["--bogus", "-x", "-1", "--onnx=other.onnx", "--no-cnn"]) {
    assertThrows(() => readArguments([option], 450), TypeError, option.split("=")[0]!);
  }
});

Deno.test("The usage names every option", () => {
  for (const name of ["DIGIT", "--cnn", "--onnx", "-h, --help"]) assertStringIncludes(usage, `  ${name} `);
});

Deno.test("Batches have all digits in order", () => {
  const batches = batchesOf(digits, 45);
  assertEquals(batches.map(({ shape }) => shape), new Array(10).fill([45, 64]));
  assertEquals(batches[9]!.dataSync().slice(-64), digits.images(449, 450).dataSync());
});

Deno.test("The speeds stand in lines, with thousands set apart", () => {
  assertEquals(
    showSpeeds("One row a call", [{ way: "eager", rowsPerSecond: 12345.6, logits: [] }, {
      way: "traced",
      rowsPerSecond: 7,
      logits: [],
    }]),
    "  One row a call\n  eager              12,346 rows a second\n  traced                  7 rows a second\n",
  );
});
