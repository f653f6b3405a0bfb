// What operations on images give.
import { type EagerTensor, input, ops, type Shape, type SymbolicTensor, zeros } from "../../../mod.ts";
import { type Eq, is } from "../exact.ts";

const image = zeros([8, 28, 30, 3]);
const open = input(["batch", "height", null, 3]);
const first = zeros([2, 3, 10, 12]);
declare const unranked: EagerTensor<Shape, "float32">;

const results = [
  ops.image.rgbToGrayscale(open),
  ops.image.rgbToGrayscale(first, { dataFormat: "channels_first" }),
  ops.image.rgbToHsv(image),
  ops.image.hsvToRgb(unranked),
  ops.image.cropImages(image, { topCropping: 1, targetHeight: 10, leftCropping: 1, rightCropping: 1 }),
  ops.image.cropImages(open, { topCropping: 1, bottomCropping: 1, leftCropping: 1, targetWidth: 4 }),
  ops.image.padImages(first, {
    topPadding: 1,
    bottomPadding: 3,
    leftPadding: 1,
    targetWidth: 40,
    dataFormat: "channels_first",
  }),
  ops.image.extractPatches(image, 4),
  ops.image.extractPatches(zeros([9, 9, 2]), [3, 2], { strides: 1, padding: "same" }),
  ops.image.extractPatches(zeros([2, 6, 8, 9, 1]), [2, 2, 3]),
  ops.image.gaussianBlur(zeros([5, 5, 1], { dtype: "uint8" })),
  ops.image.sobelEdges(open),
  ops.image.ssim(image, image),
  ops.image.ssim(zeros([20, 20, 3]), zeros([20, 20, 3])),
] as const;
is<
  Eq<
    typeof results,
    readonly [
      SymbolicTensor<readonly ["batch", "height", null, 1], "float32">,
      EagerTensor<readonly [2, 1, 10, 12], "float32">,
      EagerTensor<readonly [8, 28, 30, 3], "float32">,
      EagerTensor<Shape, "float32">,
      EagerTensor<readonly [8, 10, 28, 3], "float32">,
      SymbolicTensor<readonly ["batch", null, 4, 3], "float32">,
      EagerTensor<readonly [2, 3, 14, 40], "float32">,
      EagerTensor<readonly [8, 7, 7, 48], "float32">,
      EagerTensor<readonly [9, 9, 12], "float32">,
      EagerTensor<readonly [2, 3, 4, 3, 12], "float32">,
      EagerTensor<readonly [5, 5, 1], "float32">,
      SymbolicTensor<readonly ["batch", "height", null, 3, 2], "float32">,
      EagerTensor<readonly [8], "float32">,
      EagerTensor<readonly [], "float32">,
    ]
  >
>();
