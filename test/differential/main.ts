// deno-lint-ignore-file no-console -- a task says what it finds
/**
 * Draws new cases by a seed, runs them in Keras, and prints which differ: `deno task differential --seed 7 --count 300`.
 *
 * @module
 */
import { WorkerPool } from "@strata/nn";
import { type LayerCase, linesOf, type ModelCase, type OpCase } from "./case.ts";
import { KNOWN, type Known, KNOWN_OPS } from "./known.ts";
import { unknownDifference, withoutWarnings } from "./differences.ts";
import { layerDifference, modelDifference, opDifference, type Run, type Way } from "./ways.ts";

const WAYS: readonly Way[] = ["eager", "open", "known", "json", "onnx", "pool"];
/** How many models and ops are drawn for each hundred layers. */
const SHARES = { layers: 100, models: 20, ops: 35 };

type Kind = keyof typeof SHARES;

const here = new URL(".", import.meta.url).pathname;
const root = new URL("../../", import.meta.url).pathname;

/** What the command line says: `--seed N`, `--count N` layers, and the kinds. */
function settings(): { readonly seed: number; readonly count: number; readonly kinds: readonly Kind[] } {
  const numberOf = (name: string, otherwise: number): number => {
    const place = Deno.args.indexOf(`--${name}`);
    const value = place < 0 ? otherwise : Number(Deno.args[place + 1]);
    if (Number.isInteger(value) && value >= 0) return value;
    return stop(`Cannot draw cases: expected a whole number after --${name}, received ${Deno.args[place + 1]}`);
  };
  const today = Number(new Date().toISOString().slice(0, 10).replaceAll("-", ""));
  const all = Object.keys(SHARES) as Kind[];
  const asked = all.filter((kind) => Deno.args.includes(kind));
  return { seed: numberOf("seed", today), count: numberOf("count", 200), kinds: asked.length > 0 ? asked : all };
}

function stop(sentence: string): never {
  console.error(sentence);
  Deno.exit(1);
}

/** The Python that has Keras: STRATA_PYTHON, or that of `.venv` in the checkout. */
function python(): string {
  const named = Deno.env.get("STRATA_PYTHON");
  if (named !== undefined) return named;
  const own = `${root}.venv/bin/python`;
  try {
    Deno.statSync(own);
    return own;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return stop(
    "Cannot draw cases: expected a Python with Keras, received neither .venv in the checkout nor STRATA_PYTHON. To make one:\n" +
      "  python3 -m venv .venv && .venv/bin/pip install -r test/differential/requirements.txt",
  );
}

/** The lines that the generator writes. */
async function draw(kind: Kind, seed: number, count: number): Promise<string> {
  const args = [`${here}generate.py`, kind, `${seed}`, `${count}`];
  const { success, stdout, stderr } = await new Deno.Command(python(), { args }).output();
  if (!success) stop(`Cannot draw ${kind}: ${new TextDecoder().decode(stderr).trim().split("\n").at(-1)}`);
  return new TextDecoder().decode(stdout);
}

/** The differences of the drawn cases of a kind. */
async function compareAll(kind: Kind, text: string, run: Run): Promise<string[]> {
  const differences: string[] = [];
  const compare = async <C extends { readonly id: string }>(
    rules: readonly Known<C>[],
    differs: (each: C, run: Run) => Promise<string | null>,
  ) => {
    for (const each of linesOf<C>(text)) {
      const difference = await unknownDifference(each, rules, () => differs(each, run));
      if (difference !== null) differences.push(`${each.id}: ${difference}`);
    }
  };
  if (kind === "layers") await compare<LayerCase>(KNOWN, layerDifference);
  else if (kind === "models") await compare<ModelCase>([], modelDifference);
  else await compare<OpCase>(KNOWN_OPS, opDifference);
  return differences;
}

const { seed, count, kinds } = settings();
const differing = await withoutWarnings(async () => {
  await using pool = new WorkerPool({ workers: 1 });
  let sum = 0;
  for (const kind of kinds) {
    const total = Math.ceil(count * SHARES[kind] / 100);
    const differences = await compareAll(kind, await draw(kind, seed, total), { ways: WAYS, pool });
    sum += differences.length;
    console.log(`${total} ${kind} of seed ${seed}: ${differences.length} differ`);
    for (const difference of differences) console.log(`  ${difference}`);
    if (differences.length > 0) console.log(`  again: deno task differential ${kind} --seed ${seed} --count ${count}`);
  }
  return sum;
});
if (differing > 0) Deno.exit(1);
