// A layer of one's own with a pattern, and a call.
import { Layer, type Maps, ops, type Shape, type Tensor, type Variable, zeros } from "../../../mod.ts";
import type { Expected } from "../first_use.ts";

class SimpleDense<U extends number> extends Layer<Maps<"simple_dense", ["...", "features"], ["...", U]>> {
  w!: Variable;
  b!: Variable;
  readonly units: U;
  constructor(units: U) {
    super();
    this.units = units;
  }
  override build(inputShape: Shape): void {
    this.w = this.addWeight({ name: "w", shape: [inputShape.at(-1), this.units] });
    this.b = this.addWeight({ name: "b", shape: [this.units], initializer: "zeros" });
  }
  override call(x: Tensor): Tensor {
    return ops.add(ops.matmul(x, this.w), this.b);
  }
}
export const shape: Expected<readonly [2, 4]> = new SimpleDense(4)(zeros([2, 2])).shape;
