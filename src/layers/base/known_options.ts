/**
 * The options that layer classes have.
 *
 * @module
 */
import { checkKindsInLayer } from "../../ops/arguments.ts";
import { checkOptions } from "../../tensor/options.ts";
import { type LayerClass, ownNameOf } from "./layer_classes.ts";
import { baseName } from "./naming.ts";
import { OPTION_NAMES } from "./option_names.ts";

/** The options that every layer has. */
const COMMON: readonly string[] = ["name", "trainable", "dtype"];

interface Known {
  readonly className: string;
  readonly names: readonly string[];
  /** Whether the class is Strata's own, so that there are no options beside these. */
  readonly isOwn: boolean;
}

const known = new Map<object, Known>();
const checked = new WeakSet<object>();

/**
 * Refuses options that a class of layers does not have. A class of one's own may have more than the class of Strata that
 * it extends: of its options only those are refused that are another spelling of one that there is.
 *
 * @throws {InputError} If there is no such option.
 */
export function checkLayerOptions(layerClass: { readonly name: string }, options: unknown): void {
  if (typeof options === "object" && options !== null && checked.has(options)) return;
  const { className, names, isOwn } = optionsOfClass(layerClass);
  const { name } = (options ?? {}) as { readonly name?: unknown };
  const layer = typeof name === "string" && name !== "" ? name : baseName(layerClass.name);
  const attempt = `Cannot make layer ${layer}`;
  checkOptions(attempt, options, names, className, isOwn ? "all" : "respelled");
  if (isOwn && options !== undefined) checkKindsInLayer(attempt, options as object);
}

/** Options that a class of Strata has made out of those that it was given and has checked. */
export function checkedOptions<O extends object>(options: O): O {
  checked.add(options);
  return options;
}

/** The options of an own class of that name, among others. */
export function pickOptions<O extends object>(className: string, options: O): O {
  const names = namesOf(className);
  return Object.fromEntries(Object.entries(options).filter(([name]) => names?.includes(name))) as O;
}

/** Whether a class of Strata has an option; `undefined` for other classes. */
export function hasOption(className: string, option: string): boolean | undefined {
  return namesOf(className)?.includes(option);
}

function optionsOfClass(layerClass: object): Known {
  let found = known.get(layerClass);
  if (found !== undefined) return found;
  let names: readonly string[] | undefined;
  for (let each: object | null = layerClass; each !== null && names === undefined; each = Object.getPrototypeOf(each)) {
    const own = ownNameOf(each as LayerClass);
    if (own !== undefined) names = namesOf(own);
  }
  const own = ownNameOf(layerClass as LayerClass);
  const className = own ?? (layerClass as LayerClass).name;
  found = { className, names: names ?? COMMON, isOwn: own !== undefined && namesOf(own) !== undefined };
  known.set(layerClass, found);
  return found;
}

function namesOf(className: string): readonly string[] | undefined {
  const names = Object.hasOwn(OPTION_NAMES, className) ? OPTION_NAMES[className] : undefined;
  return names === undefined ? undefined : [...(names === "" ? [] : names.split(" ")), ...COMMON];
}
