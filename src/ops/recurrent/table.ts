/**
 * The entries of the op table in this folder, by their names.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { maskStepsOperation } from "./mask_steps.ts";
import { recurrentOperations } from "./recurrent.ts";

/** The names of the entries. */
export type RecurrentName =
  | "gru"
  | "lstm"
  | "maskSteps"
  | "simpleRnn";

/** The entries by their names. */
export const recurrent: { readonly [Name in RecurrentName]: Operation } = {
  gru: recurrentOperations.gru,
  lstm: recurrentOperations.lstm,
  maskSteps: maskStepsOperation,
  simpleRnn: recurrentOperations.simpleRnn,
};
