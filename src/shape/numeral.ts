/**
 * Arithmetic on decimal numerals in the type system: the school method, digit by digit, on string literal types such as
 * `"224"`. Its cost grows with the number of digits and not with the numbers. A numeral that is no plain decimal number
 * (`"-1"`, `"1.5"`) gives `null`.
 *
 * @module
 */
import type { Digit, Ending, Key, Nines, Product, Quotient, Units, Value } from "./digits.ts";

/**
 * The number that a numeral with at most one leading zero stands for.
 *
 * @internal
 */
export type ToNumber<Text> = Text extends `0${infer N extends number}` ? number extends N ? null : N
  // Beyond the safe integers, where a number may not be printed as it was written, the compiler says only `number`.
  : Text extends `${infer N extends number}` ? number extends N ? null : N
  : null;

/**
 * A numeral without its leading zeros.
 *
 * @internal
 */
export type Strip<Text> = Text extends `0${infer Rest}` ? Rest extends "" ? "0" : Strip<Rest> : Text;

/** A numeral from its last digit to its first. Most have three digits at most. */
type Reverse<Text> = Text extends `${infer A}${infer B}${infer C}`
  ? C extends Digit ? `${C}${B}${A}` : C extends "" ? `${B}${A}` : ReverseLong<C, `${B}${A}`>
  : Text;
type ReverseLong<Text, Out extends string> = Text extends `${infer A}${infer B}${infer Rest}`
  ? ReverseLong<Rest, `${B}${A}${Out}`>
  : Text extends string ? `${Text}${Out}`
  : never;

/** The product of two numerals, with at most one leading zero. */
export type Times<A, B> = A extends Digit ? B extends Digit ? Text<Lookup<A, B>> : TimesDigit<B, A>
  : B extends Digit ? TimesDigit<A, B>
  : A extends `${infer A2 extends Key}${infer A1 extends Key}${infer A0 extends Digit | ""}`
    ? B extends `${infer B2 extends Key}${infer B1 extends Key}${infer B0 extends Digit | ""}`
      ? A0 extends B0 ? B0 extends "" ? TimesTwo<A1, A2, B1, B2> : TimesThree<A0, A1, A2, B0, B1, B2>
      : TimesThree<A0, A1, A2, B0, B1, B2>
    : TimesAny<B, A>
  : TimesAny<A, B>;

type Lookup<A extends Key, B extends Key> = Product[A][B];
type Text<V extends Value> = `${V["tens"]}${V["ones"]}`;

type TimesDigit<A, B extends Key> = B extends "0" ? "0"
  : A extends `${infer A2 extends Key}${infer A1 extends Key}${infer A0 extends Digit | ""}` ? ThreeByOne<A0, A1, A2, B>
  : TimesAny<A, B>;

type ThreeByOne<A0 extends Key | "", A1 extends Key, A2 extends Key, B extends Key> = Product[A0][B] extends
  infer P extends Value
  ? Product[A1][B][P["tens"]] extends infer Q extends Value
    ? Product[A2][B][Q["tens"]] extends infer R extends Value ? `${R["tens"]}${R["ones"]}${Q["ones"]}${P["ones"]}`
    : never
  : never
  : never;

type TimesTwo<A0 extends Key, A1 extends Key, B0 extends Key, B1 extends Key> = Product[A0][B0] extends
  infer P extends Value
  ? Product[A0][B1][P["tens"]] extends infer Q extends Value
    ? Product[A1][B0][Q["ones"]] extends infer R extends Value
      ? Product[A1][B1][Q["tens"]][R["tens"]] extends infer S extends Value
        ? `${S["tens"]}${S["ones"]}${R["ones"]}${P["ones"]}`
      : never
    : never
  : never
  : never;

// Two numerals of two or three digits. One of two digits is taken as three of which the last is not there, which moves
// the product by a digit; the ones of the products that are not there are printed as nothing, which moves it back.
type TimesThree<
  A0 extends Key | "",
  A1 extends Key,
  A2 extends Key,
  B0 extends Key | "",
  B1 extends Key,
  B2 extends Key,
> = Product[A0][B0] extends infer P extends Value
  ? Product[A0][B1][P["tens"]] extends infer Q extends Value
    ? Product[A0][B2][Q["tens"]] extends infer R extends Value
      ? Product[A1][B0][Q["ones"]] extends infer S extends Value
        ? Product[A1][B1][R["ones"]][S["tens"]] extends infer T extends Value
          ? Product[A1][B2][R["tens"]][T["tens"]] extends infer U extends Value
            ? Product[A2][B0][T["ones"]] extends infer V extends Value
              ? Product[A2][B1][U["ones"]][V["tens"]] extends infer W extends Value
                ? Product[A2][B2][U["tens"]][W["tens"]] extends infer X extends Value
                  ? `${X["tens"]}${X["ones"]}${W["ones"]}${V["ones"]}${S["ones"]}${P["ones"]}`
                : never
              : never
            : never
          : never
        : never
      : never
    : never
  : never
  : never;

type TimesAny<A, B> = Rows<Reverse<A>, Reverse<B>>;

// Both numerals are reversed; `Sum` is the sum of the rows so far, reversed, without the digits that are final.
type Rows<A, B, Sum extends string = "", Out extends string = ""> = B extends `${infer D extends Key}${infer Rest}`
  ? Row<A, D, Sum> extends `${infer Ones extends Key}${infer More}` ? Rows<A, Rest, More, `${Ones}${Out}`> : null
  : B extends "" ? `${Reverse<Sum>}${Out}`
  : null;

type Row<A, B extends Key, Sum extends string, Carry extends Key | "" = "0", Out extends string = ""> = A extends
  `${infer D extends Key}${infer Rest}`
  ? `${Sum}0` extends `${infer S extends Key}${infer More}`
    ? Product[D][B][S][Carry] extends infer V extends Value ? Row<Rest, B, More, V["tens"], `${Out}${V["ones"]}`>
    : null
  : null
  : A extends "" ? `${Out}${Carry}`
  : null;

/** The sum of two numerals, with at most one leading zero. */
export type Plus<A, B> = A extends Digit ? B extends Digit ? Text<Unit<A, B>> : Columns<Reverse<B>, A>
  : Columns<Reverse<A>, Reverse<B>>;

type Unit<A extends Key, B extends Key> = Units[A][B];

// Both numerals are reversed. Where one ends, the carry is all that is left to be added to the other.
type Columns<A, B, Carry extends Key | "" = "0", Out extends string = ""> = A extends
  `${infer D extends Key}${infer RestA}`
  ? B extends `${infer E extends Key}${infer RestB}`
    ? Units[D][E][Carry] extends infer V extends Value ? Columns<RestA, RestB, V["tens"], `${V["ones"]}${Out}`>
    : null
  : B extends "" ? Carry extends "0" ? `${Reverse<A>}${Out}` : Columns<A, Carry, "0", Out>
  : null
  : A extends "" ? B extends "" ? `${Carry}${Out}` : Columns<B, Carry, "0", Out>
  : null;

/**
 * `A - B`, with leading zeros, or `"-"` where `B` is greater.
 *
 * @internal
 */
export type Minus<A, B> = A extends B ? "0"
  : A extends Digit ? B extends Digit ? MinusDigit<Nine<A, B>> : "-"
  : Reverse<Complement<Reverse<A>, Reverse<B>>>;

// A digit, what is missing from another one to 9, and 1.
type Nine<A extends Key, B extends Key> = Nines[B][A]["1"];
type MinusDigit<V extends Value> = V["tens"] extends "1" ? V["ones"] : "-";

// Adds what is missing from each digit of `B` to 9, and 1: a carry that is left says that `A` is not less. Both
// numerals and the result are reversed, and `B` has no leading zeros.
type Complement<A, B, Carry extends Key | "" = "1", Out extends string = ""> = A extends
  `${infer D extends Key}${infer RestA}`
  ? B extends `${infer E extends Key}${infer RestB}`
    ? Nines[E][D][Carry] extends infer V extends Value ? Complement<RestA, RestB, V["tens"], `${Out}${V["ones"]}`>
    : never
  : B extends "" ? Carry extends "1" ? `${Out}${A & string}` : Complement<A, "1", "1", Out>
  : never
  : A extends "" ? B extends "" ? Carry extends "1" ? Out : "-" : "-"
  : never;

/** Whether `A` is less than `B`. */
export type Less<A, B> = A extends Digit
  ? B extends Digit ? A extends B ? false : Nine<A, B>["tens"] extends "1" ? false : true : true
  : A extends B ? false
  : Complement<Reverse<A>, Reverse<B>> extends "-" ? true
  : false;

/** The quotient and the remainder of `A` by `B`, which is not zero. */
export type Division<A, B> = A extends B ? ["1", "0"]
  : B extends Digit ? ByDigit<A, B>
  : ByAny<A, Reverse<B>, Multiples<B>>;

type ByDigit<A, B extends Key, Rest extends Key = "0", Out extends string = ""> = A extends
  `${infer D extends Key}${infer More}`
  ? Quotient[B][Rest][D] extends infer V extends Value ? ByDigit<More, B, V["ones"] & Key, `${Out}${V["tens"]}`> : never
  : A extends "" ? [Strip<Out>, Rest]
  : never;

// Long division. A digit of the quotient is found in binary: `B` is taken away eight times, four times, twice, once.
// `Rest` and the multiples are reversed.
type ByAny<A, B, M extends Multiple[], Rest extends string = "", Out extends string = ""> = A extends
  `${infer D extends Key}${infer More}`
  ? Complement<`${D}${Rest}`, B> extends "-" ? ByAny<More, B, M, `${D}${Rest}`, `${Out}0`>
  : Take<`${D}${Rest}`, M> extends [infer Left extends string, infer Q extends string]
    ? ByAny<More, B, M, Left, `${Out}${Q}`>
  : never
  : A extends "" ? [Strip<Out>, Strip<Reverse<Rest>>]
  : never;

type Multiple = [times: Key, multiple: unknown];
type Multiples<B> = [
  ["8", Reverse<Strip<TimesDigit<B, "8">>>],
  ["4", Reverse<Strip<TimesDigit<B, "4">>>],
  ["2", Reverse<Strip<TimesDigit<B, "2">>>],
  ["1", Reverse<B>],
];

type Take<Rest extends string, M extends Multiple[], Q extends Value = Units["0"]> = M extends
  [[infer N extends Key, infer B extends string], ...infer More extends Multiple[]]
  ? Complement<Rest, B> extends infer Left extends string
    ? Left extends "-" ? Take<Rest, More, Q> : Take<Left, More, Q[N]>
  : never
  : [Rest, Q["ones"]];

/** The quotient of `A` by `B`, which is not zero, or `undefined` where `B` does not divide `A`. */
export type Exact<A, B> = A extends B ? "1"
  : B extends Digit ? ExactByDigit<A, B>
  // The twos and fives of both are cancelled first, as many at a time as there are.
  : ByDigit<B, "8"> extends [infer Q extends string, infer Rest] ? Rest extends "0" ? Cancel<A, "8", Q>
    : Rest extends "4" ? Cancel<A, "4", ExactByDigit<B, "4">>
    : Rest extends "2" | "6" ? Cancel<A, "2", ExactByDigit<B, "2">>
    : B extends `${string}5` ? Cancel<A, "5", ExactByDigit<B, "5">>
    : ByEnding<Reverse<A>, Reverse<B>, B>
  : never;

type ExactByDigit<A, B extends Key> = ByDigit<A, B> extends [infer Q extends string, "0"] ? Q
  : undefined;

type Cancel<A, D extends Key, B> = ExactByDigit<A, D> extends infer Q extends string ? Exact<Q, B>
  : undefined;

// Exact division from the right: the last digits of `A` and `B` tell the last digit of the quotient.
type ByEnding<A, B, Divisor, Out extends string = ""> = A extends `${infer D extends Key}${infer More}`
  ? D extends "0" ? ByEnding<More, B, Divisor, `0${Out}`>
  : B extends `${infer E extends Key}${string}`
    ? Ending[E][D] extends infer Q extends Key
      ? Complement<A, Reverse<Strip<TimesDigit<Divisor, Q>>>> extends `0${infer Left}`
        ? ByEnding<Left, B, Divisor, `${Q}${Out}`>
      : undefined
    : never
  : never
  : Strip<Out>;
