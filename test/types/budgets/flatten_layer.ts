// A flatten of an image's features.
import { type EagerTensor, Flatten, zeros } from "../../../mod.ts";

export const y: EagerTensor<readonly [32, 25088], "float32"> = new Flatten()(zeros([32, 7, 7, 512]));
