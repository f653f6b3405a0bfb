/**
 * The way the types of ops read their options.
 *
 * @module
 */

import type { Check } from "../tensor/like.ts";

/** No options at all. */
export type NoOptions = Record<never, never>;

/** The type of the option `Name` in `O`, or `Default` where it is left out; both where that is not known. */
export type OptionOf<O, Name extends string, Default = undefined> = Name extends keyof O
  ? undefined extends O[Name] ? Exclude<O[Name], undefined> | Default : O[Name]
  : Default;

/** The option `Name` in `O`, or `Default` where it is left out; any `Kind` where that is not known. */
export type KindOf<O, Name extends string, Kind, Default extends Kind> = Name extends keyof O
  ? undefined extends O[Name] ? Kind : O[Name] extends infer Option extends Kind ? Option : Kind
  : Default;

/** The word of the option `Name` in `O`, which may be in capitals, or `Default` where it is left out; else any `Kind`. */
export type WordOf<O, Name extends string, Kind extends string, Default extends Kind> = Name extends keyof O
  ? undefined extends O[Name] ? Kind : Lowercase<O[Name] & string> & Kind
  : Default;

/**
 * Besides what `O` must be by itself: no other options than those of `Known`.
 *
 * @internal
 */
export type Only<O, Known> = { readonly [Name in Exclude<keyof O, keyof Known>]: never };

/**
 * The check of a tensor besides its own type where the options leave out all of `Names`: then the defaults are checked,
 * and the mismatch is the tensor's. Where one is given, the mismatch is that of the options.
 *
 * @internal
 */
export type CheckDefaults<O, Names extends string, R> = Names & keyof O extends never ? Check<R> : unknown;

/** The option `axis` of ops along one axis. */
export type AxisOf<O, Default extends number> = OptionOf<O, "axis", Default> extends infer Axis extends number ? Axis
  : number;
