/**
 * Layers that reduce windows of positions, or all of them.
 *
 * @module
 */
export {
  AdaptiveAveragePooling1D,
  AdaptiveAveragePooling2D,
  AdaptiveAveragePooling3D,
  AdaptiveMaxPooling1D,
  AdaptiveMaxPooling2D,
  AdaptiveMaxPooling3D,
} from "./adaptive_pooling.ts";
export { AveragePooling1D, AveragePooling2D, AveragePooling3D } from "./average_pooling.ts";
export {
  GlobalAveragePooling1D,
  GlobalAveragePooling2D,
  GlobalAveragePooling3D,
  GlobalMaxPooling1D,
  GlobalMaxPooling2D,
  GlobalMaxPooling3D,
} from "./global_pooling.ts";
export { MaxPooling1D, MaxPooling2D, MaxPooling3D } from "./max_pooling.ts";
