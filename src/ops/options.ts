/**
 * How the types of ops read their options.
 *
 * @module
 */

/** No options at all. */
export type NoOptions = Record<never, never>;

/** The type of the option `Name` in `O`, or `Default` where it is left out; both where that is not known. */
export type OptionOf<O, Name extends string, Default = undefined> = Name extends keyof O
  ? undefined extends O[Name] ? Exclude<O[Name], undefined> | Default : O[Name]
  : Default;

/** The option `axis` of ops along one axis. */
export type AxisOf<O, Default extends number> = OptionOf<O, "axis", Default> extends infer Axis extends number ? Axis
  : number;
