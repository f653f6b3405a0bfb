/**
 * What a pool runs for a compiled function: models, and the weights that go with them.
 *
 * @module
 */
import type { HostTensor } from "../../engine/engine.ts";
import type { ModelArtifact } from "./model_artifact.ts";
import type { Step } from "./state.ts";

/** The state of the weights at one time: a call sees those of the time when it was made. */
export interface WeightsSnapshot {
  readonly model: ModelArtifact;
  /** What the model is given after its inputs; undefined where the weights are constants of the model. */
  readonly weights: readonly HostTensor[] | undefined;
}

/** Something that a pool runs. */
export interface Program {
  /** The name of what was compiled, for messages. */
  readonly name: string;
  /** The number of tensors that a run gives. */
  readonly results: number;
  /** Why runs may not be joined along axis 0, and the results taken apart again; undefined if they may. */
  readonly mixed: string | undefined;
  /** The models that it has now. */
  readonly models: readonly ModelArtifact[];
  /** The weights as they are now, for a call that is made now. */
  generation(): WeightsSnapshot;
  /** The variables that a call which is made now will assign; undefined where it assigns none. */
  steps(): readonly Step[] | undefined;
  /** Gives up its models when the calls that were made have ended. */
  release(): Promise<void>;
}
