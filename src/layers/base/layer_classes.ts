/**
 * The classes of layers that names in configurations stand for.
 *
 * @module
 */
import { InputError } from "../../shape/error.ts";

/** A class of layers that can be made from configurations. */
export interface LayerClass {
  /** The name of the class. */
  readonly name: string;
  /** Makes a layer from what `getConfig` gave. */
  fromConfig(config: never): unknown;
}

/** A class as configurations call it: its name, and that under which it is registered; `null` for Strata's own. */
export interface ClassNames {
  /** The name of the class. */
  readonly className: string;
  /** `package>name`, or `null`. */
  readonly registeredName: string | null;
}

/** Strata's own classes, by the names under which they are exported: bundlers may give them other names. */
const own = new Map<string, LayerClass>();
const ownNames = new Map<LayerClass, string>();
/** Classes of one's own, by `package>name`. */
const registered = new Map<string, LayerClass>();
const registeredNames = new Map<LayerClass, string>();
/** Classes of one's own that layers around layers have met, by their names. */
const met = new Map<string, LayerClass>();

/** Adds a class of Strata's own. */
export function addOwnClass(name: string, layerClass: LayerClass): void {
  own.set(name, layerClass);
  ownNames.set(layerClass, name);
}

/**
 * Registers a class of one's own under `package>name`.
 *
 * @throws {TypeError} If the name is another class's.
 */
export function registerClass(name: string, layerClass: LayerClass): void {
  const known = registered.get(name);
  if (known !== undefined && known !== layerClass) {
    throw new InputError(`Cannot register class ${layerClass.name}: ${name} is registered already`);
  }
  registered.set(name, layerClass);
  registeredNames.set(layerClass, name);
}

/** Remembers a class that is wrapped, so that the configuration of what is around it can be read in this program. */
export function rememberClass(layerClass: LayerClass): void {
  if (!ownNames.has(layerClass) && !registeredNames.has(layerClass)) met.set(layerClass.name, layerClass);
}

/** The way configurations call a class; `null` if it is one of one's own that is not registered. */
export function knownNames(layerClass: LayerClass): ClassNames | null {
  const registeredName = registeredNames.get(layerClass);
  if (registeredName !== undefined) {
    return { className: registeredName.slice(registeredName.indexOf(">") + 1), registeredName };
  }
  const className = ownNames.get(layerClass);
  return className === undefined ? null : { className, registeredName: null };
}

/** The name under which a class of Strata's own is exported; undefined for others. */
export function ownNameOf(layerClass: LayerClass): string | undefined {
  return ownNames.get(layerClass);
}

/** The way configurations call the class that is registered for a name of a class; `null` if there is none. */
export function namesByClassName(className: string): ClassNames | null {
  const found = [...registered].find(([, { name }]) => name === className);
  if (found !== undefined) return { className, registeredName: found[0] };
  return own.has(className) ? { className, registeredName: null } : null;
}

/** The class that a name stands for, among Strata's own and those registered. */
export function knownClass({ className, registeredName }: ClassNames): LayerClass | undefined {
  if (registeredName !== null) return registered.get(registeredName);
  return own.get(className) ?? registered.get(`Custom>${className}`);
}

/** The class that a name stands for, among all. */
export function anyClass(names: ClassNames): LayerClass | undefined {
  return knownClass(names) ?? (names.registeredName === null ? met.get(names.className) : undefined);
}
