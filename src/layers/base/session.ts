/**
 * The state that Strata keeps between calls, and how it is cleared.
 *
 * @module
 */
import { dropConstantWeights } from "../../eager/constant_weights.ts";
import { clearPrograms } from "../../eager/programs.ts";
import { clearScalars } from "../../tensor/like.ts";
import { resetInputNames } from "../../tensor/symbolic.ts";
import { resetNames } from "./naming.ts";

/**
 * Starts the numbering of automatic names anew and releases the engine's cached programs. Layers and tensors go on
 * working.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { clearSession, Dense } from "@strata/nn";
 *
 * clearSession();
 * assertEquals([new Dense(1).name, new Dense(1).name], ["dense", "dense_1"]);
 * clearSession();
 * assertEquals(new Dense(1).name, "dense");
 * ```
 */
export function clearSession(): void {
  resetNames();
  resetInputNames();
  dropConstantWeights();
  clearPrograms();
  clearScalars();
}
