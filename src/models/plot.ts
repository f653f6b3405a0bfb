/**
 * Pictures of models.
 *
 * @module
 */
import type { AnyLayer } from "../layers/base/layer.ts";
import { requireLayer } from "../layers/base/validate.ts";
import { InputError, InputRangeError } from "../shape/error.ts";
import { checkOptions, kindOf } from "../tensor/options.ts";
import { diagramOf, type DiagramOptions, type Direction } from "./diagram.ts";
import { mermaidOf } from "./mermaid.ts";
import { svgOf } from "./svg.ts";

/** The options of {@linkcode plotModel}. */
export interface PlotOptions extends DiagramOptions {
  /** The format: an SVG picture, or a flowchart as text for Mermaid. Default: `"svg"`. */
  readonly format?: "svg" | "mermaid";
  /** The direction of the picture. Default: `"TB"`, from top to bottom. */
  readonly rankdir?: Direction;
}

/** Options that are true or false. */
const SWITCHES = ["expandNested", "showDtype", "showLayerNames", "showShapes"] as const;

const PLOT_OPTIONS: readonly string[] = [...SWITCHES, "format", "rankdir"].sort();

/**
 * A picture of a model: a box for each input, each layer and each op between layers, and arrows between them.
 *
 * @returns The text of an SVG picture, or of a Mermaid flowchart.
 * @throws {InputError} If it is no model and no layer, or an option is of another kind.
 * @throws {RangeError} If there is no such format or direction.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Dense, input, plotModel, Sequential } from "@strata/nn";
 *
 * const model = new Sequential(input(["batch", 4], { name: "x" }), new Dense(3, { name: "out" }));
 * assertEquals(
 *   await plotModel(model, { format: "mermaid", showShapes: true, rankdir: "LR" }),
 *   `flowchart LR
 *   part0(["x (InputLayer)<br/>[batch, 4]"])
 *   part1["out (Dense)<br/>[batch, 4] → [batch, 3]"]
 *   part0 --> part1
 * `,
 * );
 * ```
 */
export async function plotModel(model: AnyLayer, options: PlotOptions = {}): Promise<string> {
  requireLayer("Cannot plot a model", model);
  checkOptions(`Cannot plot model ${model.name}`, options, PLOT_OPTIONS);
  const { format = "svg", rankdir = "TB" } = options;
  const attempt = `Cannot plot model ${model.name}`;
  for (const name of SWITCHES) {
    const value: unknown = options[name];
    if (value === undefined || typeof value === "boolean") continue;
    throw new InputError(`${attempt}: expected ${name} to be true or false, received ${show(value)}`);
  }
  if (!["TB", "BT", "LR", "RL"].includes(rankdir)) {
    throw new InputRangeError(`${attempt}: expected rankdir TB, BT, LR or RL, received ${show(rankdir)}`);
  }
  if (format !== "svg" && format !== "mermaid") {
    throw new InputRangeError(`${attempt}: expected format svg or mermaid, received ${show(format)}`);
  }
  const diagram = diagramOf(model, options);
  return format === "mermaid" ? mermaidOf(diagram, rankdir) : await svgOf(diagram, rankdir);
}

/** A text itself, and the kind of anything else. */
function show(value: unknown): string {
  return typeof value === "string" ? value : kindOf(value);
}
