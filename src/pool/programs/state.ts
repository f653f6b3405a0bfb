/**
 * Variables that runs assign: moving averages, states of generators of random numbers. Calls see them in the order in
 * which they were made, whichever function of whichever pool they are calls of.
 *
 * @module
 */
import { hostOf } from "../../jit/arguments.ts";
import type { HostTensor } from "../../engine/engine.ts";
import { EagerTensor } from "../../tensor/eager.ts";
import { residentOf, type Variable } from "../../tensor/variable.ts";

/** A value of a variable between two calls. */
class State {
  /** There once the call before it has ended. */
  value: HostTensor | undefined;
  #waiting: (() => void)[] = [];

  constructor(value?: HostTensor) {
    this.value = value;
  }

  settle(value: HostTensor): void {
    this.value = value;
    for (const action of this.#waiting.splice(0)) action();
  }

  whenSettled(action: () => void): void {
    if (this.value === undefined) this.#waiting.push(action);
    else action();
  }
}

/** What one call reads of a variable, and what it leaves. */
export class Step {
  readonly #chain: StateChain;
  /** A call that was made before an assignment does not undo it. */
  readonly #era: number;
  readonly #before: State;
  readonly #after: State;

  constructor(chain: StateChain, era: number, before: State, after: State) {
    this.#chain = chain;
    this.#era = era;
    this.#before = before;
    this.#after = after;
  }

  /** What the call reads; undefined until the call before it has ended. */
  get value(): HostTensor | undefined {
    return this.#before.value;
  }

  /** Does something when the value is there. */
  whenReady(action: () => void): void {
    this.#before.whenSettled(action);
  }

  /** Leaves a new value. */
  write(value: HostTensor): void {
    this.#chain.assign(value, this.#era);
    this.#after.settle(value);
  }

  /** Leaves the value as it was: the call has failed. */
  skip(): void {
    this.#before.whenSettled(() => this.#after.settle(this.#before.value!));
  }
}

/** The values of a variable from call to call. */
class StateChain {
  readonly #variable: Variable;
  #latest = new State();
  /** The version of the variable that the latest known assignment gave it. */
  #version = -1;
  #era = 0;

  constructor(variable: Variable) {
    this.#variable = variable;
  }

  /** What the next call reads: what the one before it leaves, unless the variable was assigned since that was made. */
  next(): Step {
    const { version } = residentOf(this.#variable);
    if (version !== this.#version) {
      this.#version = version;
      this.#era++;
      this.#latest = new State(hostOf(this.#variable));
    }
    const before = this.#latest;
    this.#latest = new State();
    return new Step(this, this.#era, before, this.#latest);
  }

  assign({ shape, dtype, data }: HostTensor, era: number): void {
    const resident = residentOf(this.#variable);
    if (era !== this.#era || resident.version !== this.#version) return;
    this.#variable.assign(new EagerTensor(shape, dtype, data));
    this.#version = resident.version;
  }
}

const chains = new WeakMap<Variable, StateChain>();

/** What a call that is made now reads and leaves of a variable. */
export function nextStep(variable: Variable): Step {
  let chain = chains.get(variable);
  if (chain === undefined) chains.set(variable, chain = new StateChain(variable));
  return chain.next();
}
