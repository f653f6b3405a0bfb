/**
 * What a program costs that computes nothing: Deno's own start.
 *
 * @module
 */
import { answer, denseProblem } from "../problem.ts";
import { report } from "./report.ts";

report(answer(denseProblem()));
