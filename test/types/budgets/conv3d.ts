// A convolution over volumes, made and called.
import { Conv3D, input } from "../../../mod.ts";
import type { Expected } from "../first_use.ts";

const x = input(["batch", 16, 112, 112, 3]);
export const shape: Expected<readonly ["batch", 14, 55, 55, 8]> = new Conv3D(8, 3, { strides: [1, 2, 2] })(x).shape;
