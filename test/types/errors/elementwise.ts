// Shapes that do not broadcast.
import { input, ops, tensor, Variable, zeros } from "../../../mod.ts";
import { fails } from "../attempts.ts";

// error: Cannot broadcast shapes [2, 3] and [2, 4]: axis -1 is 3 and 4
fails(() => ops.add(zeros([2, 3]), zeros([2, 4])));
// error: Cannot broadcast shapes [4] and [2, 3]: axis -1 is 4 and 3
fails(() => ops.add(zeros([4]), zeros([2, 3])));
// error: Cannot broadcast shapes [8, 1, 3] and [4, 2]: axis -1 is 3 and 2
fails(() => ops.multiply(zeros([8, 1, 3]), zeros([4, 2])));
// error: Cannot broadcast shapes [batch, 3] and [8, 4]: axis -1 is 3 and 4
fails(() => ops.subtract(input(["batch", 3]), zeros([8, 4])));
// error: Cannot broadcast shapes [8, 4] and [?, 3]: axis -1 is 4 and 3
fails(() => ops.divide(zeros([8, 4]), input([null, 3])));
// error: Cannot broadcast shapes [3] and [2]: axis -1 is 3 and 2
fails(() => ops.maximum(new Variable(zeros([3])), tensor([1, 2])));
// error: Cannot broadcast shapes [3] and [2]: axis -1 is 3 and 2
fails(() => ops.power([1, 2, 3], [1, 2]));
// error: Cannot broadcast shapes [0] and [2]: axis -1 is 0 and 2
fails(() => ops.equal(zeros([0]), zeros([2])));
// error: Cannot broadcast shapes [2] and [3]: axis -1 is 2 and 3
fails(() => ops.logicalAnd([true, false], [true, false, true]));
// error: Cannot broadcast shapes [2], [3] and [1]: axis -1 is 2 and 3
fails(() => ops.where([true, false], zeros([3]), zeros([1])));
// error: Cannot broadcast shapes [2, 3], [] and [2]: axis -1 is 3 and 2
fails(() => ops.clip(zeros([2, 3]), 0, [1, 2]));
