/**
 * Shapes of one or several inputs against what a layer takes: an array or a record goes input by input, and names that
 * one input binds hold for the next.
 *
 * @module
 */
import type { bind, Bindings, fill } from "../../shape/bind.ts";
import type { KnownDim, Shape } from "../../shape/dim.ts";
import type { Mismatch } from "../../shape/error.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { AsShape } from "../../tensor/like.ts";
import type { inputMismatch } from "./input_spec.ts";
import type { incompatible, missing, unexpected, wrongCount, wrongStructure } from "./sentences.ts";

/** The mismatch of a structure of tensors where one is expected. */
export type NotOne<Name extends string, S> = S extends readonly unknown[]
  ? S["length"] extends 1 ? Mismatch<wrongStructure<Name, "an array">>
  : Mismatch<wrongCount<Name, 1, S["length"]>>
  : Mismatch<wrongStructure<Name, "a record">>;

/**
 * The comparison of one input: with a pattern, or with a whole shape, which is reported as one and whose names are then
 * bound.
 */
export type Comparison = "pattern" | "shape";

/**
 * The bindings of all inputs `Shapes` against what `In` says, in the same structure; or the mismatch.
 *
 * @internal
 */
export type bound<Name extends string, How extends Comparison, In, Shapes> = unknown extends Shapes
  ? Record<never, never>
  : In extends Shape ? Shapes extends Shape ? BoundOne<Name, How, 0, In, Shapes, Record<never, never>, 0>
    : NotOne<Name, Shapes>
  : In extends readonly unknown[] ? BoundArray<Name, How, In, Shapes>
  : BoundRecord<Name, How, In, Shapes>;

type BoundOne<
  Name extends string,
  How extends Comparison,
  Key extends number | string,
  Expected,
  S,
  Env,
  I extends number | string,
> = How extends "shape"
  ? inputMismatch<{ readonly shape: AsShape<Expected> }, AsShape<S>, DType> extends infer Reason
    ? [Reason] extends [never] ? Bind<Name, Key, Expected, S, Env, I>
    : Mismatch<incompatible<Name, Key, Reason & string>>
  : never
  : Bind<Name, Key, Expected, S, Env, I>;

type Bind<Name extends string, Key extends number | string, Expected, S, Env, I extends number | string> =
  bind<AsShape<Expected>, AsShape<S>, Env extends Bindings ? Env : never, I> extends infer Result
    ? Result extends Mismatch<infer Reason> ? Mismatch<incompatible<Name, Key, Reason>> : Result
    : never;

type BoundArray<Name extends string, How extends Comparison, In extends readonly unknown[], Shapes> = Shapes extends
  readonly [] ? Record<never, never>
  : Shapes extends Shape ? Mismatch<wrongCount<Name, In["length"], 1>>
  : Shapes extends readonly unknown[] ? number extends Shapes["length"] ? Record<never, never>
    : Shapes["length"] extends In["length"] ? BoundEach<Name, How, In, Shapes, Record<never, never>, []>
    : Mismatch<wrongCount<Name, In["length"], Shapes["length"]>>
  : Mismatch<wrongCount<Name, In["length"], 1>>;

type BoundEach<Name extends string, How extends Comparison, In, Shapes, Env, Done extends readonly unknown[]> =
  Env extends Mismatch<string> ? Env
    : In extends readonly [infer Expected, ...infer More]
      ? Shapes extends readonly [infer S, ...infer Rest] ? BoundEach<
          Name,
          How,
          More,
          Rest,
          BoundOne<Name, How, Done["length"], Expected, S, Env, Done["length"]>,
          [...Done, unknown]
        >
      : Env
    : Env;

// Each key by itself: the compiler knows no order of keys, in which one input's names would hold for the next. That a
// name meets one size in all inputs is checked at run time.
type BoundRecord<Name extends string, How extends Comparison, In, Shapes> = Exclude<keyof Shapes, keyof In> extends
  infer Extra ? [Extra] extends [never] ? BoundKeys<
      {
        readonly [Key in keyof In]: Key extends keyof Shapes
          ? BoundOne<Name, How, Key & string, In[Key], Shapes[Key], Record<never, never>, Key & string>
          : Mismatch<missing<Key & string, Name>>;
      }
    >
  : Mismatch<unexpected<Extra & string, Name>>
  : never;

type BoundKeys<Results> = Extract<Results[keyof Results], Mismatch<string>> extends infer Failed
  ? [Failed] extends [never] ? Met<Results[keyof Results]> : Failed
  : never;

// What each name met in any of the keys: a known size rather than another name, and that rather than nothing.
type Met<Each> = {
  readonly [Name in Each extends unknown ? keyof Each : never]: readonly [BestOf<Found<Each, Name>>, 0];
};

type Found<Each, Name> = Each extends unknown
  ? Name extends keyof Each ? Each[Name] extends readonly [infer Dims, unknown] ? Dims : never : never
  : never;

type BestOf<Dims> = [Extract<Dims, number>] extends [never]
  ? [Extract<Dims, readonly unknown[]>] extends [never] ? KnownDim<Dims> : Dims
  : KnownDim<Extract<Dims, number>>;

/**
 * The shapes of results, with the names in them replaced by what they are bound to.
 *
 * @internal
 */
export type filled<Out, Env> = Out extends Shape ? fill<Out, Env>
  : { readonly [K in keyof Out]: Out[K] extends Shape ? fill<Out[K], Env> : Shape };

/**
 * The shapes of results, of which nothing but their structure is known.
 *
 * @internal
 */
export type Unknown<Out> = Out extends Shape ? Shape : { readonly [K in keyof Out]: Shape };
