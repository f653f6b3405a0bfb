/**
 * U-Net, of O. Ronneberger et al., U-Net: Convolutional Networks for Biomedical Image Segmentation, 2015, with padding, so
 * that what comes out is as large as what goes in: 31,030,593 parameters.
 *
 * @module
 */
import { Conv2D, Conv2DTranspose, input, MaxPooling2D, Model, Sequential, type SymbolicTensor } from "@strata/nn";
import { concatenate } from "@strata/nn/layers";

/** From images of 256 by 256 to the probability of each of their points. */
export type UNet = Model<
  SymbolicTensor<readonly ["batch", 256, 256, 1], "float32">,
  SymbolicTensor<readonly ["batch", 256, 256, 1], "float32">,
  "unet"
>;

/** Makes U-Net. */
export function uNet(): UNet;
/** Makes U-Net with so many times fewer channels, which the compiler does not follow. */
export function uNet(thinner: number): Model;
export function uNet(thinner = 1): UNet {
  const thin = <N extends number>(channels: N) => channels / thinner as N;
  const twice = <F extends number>(filters: F) =>
    new Sequential(
      new Conv2D(thin(filters), 3, { padding: "same", activation: "relu" }),
      new Conv2D(thin(filters), 3, { padding: "same", activation: "relu" }),
    );
  const down = () => new MaxPooling2D({ poolSize: 2 });
  const up = <F extends number>(filters: F) => new Conv2DTranspose(thin(filters), 2, { strides: 2 });

  const image = input(["batch", 256, 256, 1]);
  const a = twice(64)(image);
  const b = twice(128)(down()(a));
  const c = twice(256)(down()(b));
  const d = twice(512)(down()(c));
  const e = twice(1024)(down()(d));

  const d2 = twice(512)(concatenate([d, up(512)(e)]));
  const c2 = twice(256)(concatenate([c, up(256)(d2)]));
  const b2 = twice(128)(concatenate([b, up(128)(c2)]));
  const a2 = twice(64)(concatenate([a, up(64)(b2)]));

  const points = new Conv2D(1, 1, { activation: "sigmoid" })(a2);
  return new Model({ inputs: image, outputs: points, name: "unet" });
}
