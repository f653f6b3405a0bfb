/**
 * The entries of the op table in this folder, by their names.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { entryOf } from "../define.ts";
import { fabs } from "../aliases.ts";
import {
  abs,
  add,
  divide,
  floorDivide,
  maximum,
  minimum,
  mod,
  multiply,
  negative,
  reciprocal,
  sign,
  squareOperation,
  subtract,
} from "./arithmetic.ts";
import {
  bitwiseAnd,
  bitwiseInvertOperation,
  bitwiseLeftShift,
  bitwiseOr,
  bitwiseRightShift,
  bitwiseXor,
} from "./bits.ts";
import { iscloseOperation, isneginf, isposinf, signbit } from "./closeness.ts";
import { equal, greater, greaterEqual, less, lessEqual, notEqual } from "./comparison.ts";
import { gcd, lcm } from "./divisors.ts";
import {
  exp,
  exp2,
  expm1,
  hypot,
  log,
  log10,
  log1p,
  log2,
  logaddexp,
  logaddexp2,
  power,
  rsqrt,
  sqrt,
} from "./exponential.ts";
import { logicalAnd, logicalNot, logicalOr, logicalXor } from "./logical.ts";
import { divideNoNan, fmax, fmin, fmod, heaviside } from "./quotients.ts";
import { ceil, erf, floor, isfinite, isinf, isnan, nanToNumOperation, roundOperation, trunc } from "./rounding.ts";
import { castOperation, clipOperation, whereOperation } from "./selection.ts";
import { cbrt, deg2rad, erfc, erfinv, ldexpOperation, rad2deg, sinc } from "./special.ts";
import {
  arccos,
  arccosh,
  arcsin,
  arcsinh,
  arctan,
  arctan2,
  arctanh,
  cos,
  cosh,
  sin,
  sinh,
  tan,
  tanh,
} from "./trigonometry.ts";

/** The names of the entries. */
export type ElementwiseName =
  | "absolute"
  | "add"
  | "arccos"
  | "arccosh"
  | "arcsin"
  | "arcsinh"
  | "arctan"
  | "arctan2"
  | "arctanh"
  | "bitwiseAnd"
  | "bitwiseInvert"
  | "bitwiseLeftShift"
  | "bitwiseOr"
  | "bitwiseRightShift"
  | "bitwiseXor"
  | "cast"
  | "cbrt"
  | "ceil"
  | "clip"
  | "cos"
  | "cosh"
  | "deg2rad"
  | "divide"
  | "divideNoNan"
  | "equal"
  | "erf"
  | "erfc"
  | "erfinv"
  | "exp"
  | "exp2"
  | "expm1"
  | "fabs"
  | "floor"
  | "floorDivide"
  | "fmax"
  | "fmin"
  | "fmod"
  | "gcd"
  | "greater"
  | "greaterEqual"
  | "heaviside"
  | "hypot"
  | "isclose"
  | "isfinite"
  | "isinf"
  | "isnan"
  | "isneginf"
  | "isposinf"
  | "lcm"
  | "ldexp"
  | "less"
  | "lessEqual"
  | "log"
  | "log10"
  | "log1p"
  | "log2"
  | "logaddexp"
  | "logaddexp2"
  | "logicalAnd"
  | "logicalNot"
  | "logicalOr"
  | "logicalXor"
  | "maximum"
  | "minimum"
  | "mod"
  | "multiply"
  | "nanToNum"
  | "negative"
  | "notEqual"
  | "power"
  | "rad2deg"
  | "reciprocal"
  | "round"
  | "rsqrt"
  | "sign"
  | "signbit"
  | "sin"
  | "sinc"
  | "sinh"
  | "sqrt"
  | "square"
  | "subtract"
  | "tan"
  | "tanh"
  | "trunc"
  | "where";

/** The entries by their names. */
export const elementwise: { readonly [Name in ElementwiseName]: Operation } = {
  absolute: entryOf(abs),
  add: entryOf(add),
  arccos: entryOf(arccos),
  arccosh: entryOf(arccosh),
  arcsin: entryOf(arcsin),
  arcsinh: entryOf(arcsinh),
  arctan: entryOf(arctan),
  arctan2: entryOf(arctan2),
  arctanh: entryOf(arctanh),
  bitwiseAnd: entryOf(bitwiseAnd),
  bitwiseInvert: bitwiseInvertOperation,
  bitwiseLeftShift: entryOf(bitwiseLeftShift),
  bitwiseOr: entryOf(bitwiseOr),
  bitwiseRightShift: entryOf(bitwiseRightShift),
  bitwiseXor: entryOf(bitwiseXor),
  cast: castOperation,
  cbrt: entryOf(cbrt),
  ceil: entryOf(ceil),
  clip: clipOperation,
  cos: entryOf(cos),
  cosh: entryOf(cosh),
  deg2rad: entryOf(deg2rad),
  divide: entryOf(divide),
  divideNoNan: entryOf(divideNoNan),
  equal: entryOf(equal),
  erf: entryOf(erf),
  erfc: entryOf(erfc),
  erfinv: entryOf(erfinv),
  exp: entryOf(exp),
  exp2: entryOf(exp2),
  expm1: entryOf(expm1),
  fabs: entryOf(fabs),
  floor: entryOf(floor),
  floorDivide: entryOf(floorDivide),
  fmax: entryOf(fmax),
  fmin: entryOf(fmin),
  fmod: entryOf(fmod),
  gcd: entryOf(gcd),
  greater: entryOf(greater),
  greaterEqual: entryOf(greaterEqual),
  heaviside: entryOf(heaviside),
  hypot: entryOf(hypot),
  isclose: iscloseOperation,
  isfinite: entryOf(isfinite),
  isinf: entryOf(isinf),
  isnan: entryOf(isnan),
  isneginf: entryOf(isneginf),
  isposinf: entryOf(isposinf),
  lcm: entryOf(lcm),
  ldexp: ldexpOperation,
  less: entryOf(less),
  lessEqual: entryOf(lessEqual),
  log: entryOf(log),
  log10: entryOf(log10),
  log1p: entryOf(log1p),
  log2: entryOf(log2),
  logaddexp: entryOf(logaddexp),
  logaddexp2: entryOf(logaddexp2),
  logicalAnd: entryOf(logicalAnd),
  logicalNot: entryOf(logicalNot),
  logicalOr: entryOf(logicalOr),
  logicalXor: entryOf(logicalXor),
  maximum: entryOf(maximum),
  minimum: entryOf(minimum),
  mod: entryOf(mod),
  multiply: entryOf(multiply),
  nanToNum: nanToNumOperation,
  negative: entryOf(negative),
  notEqual: entryOf(notEqual),
  power: entryOf(power),
  rad2deg: entryOf(rad2deg),
  reciprocal: entryOf(reciprocal),
  round: roundOperation,
  rsqrt: entryOf(rsqrt),
  sign: entryOf(sign),
  signbit: entryOf(signbit),
  sin: entryOf(sin),
  sinc: entryOf(sinc),
  sinh: entryOf(sinh),
  sqrt: entryOf(sqrt),
  square: squareOperation,
  subtract: entryOf(subtract),
  tan: entryOf(tan),
  tanh: entryOf(tanh),
  trunc: entryOf(trunc),
  where: whereOperation,
};
