// Parts that are not there, and borders and copies that cannot be added.
import { input, ops, zeros } from "../../../mod.ts";
import { fails } from "../attempts.ts";

// error: Cannot slice [4, 5] from [0, 3] with size [2, 3]: axis 1 ends before 6
fails(() => ops.slice(zeros([4, 5]), [0, 3], [2, 3]));
// error: Cannot slice [4, 5] from [0, 6] with size [2, -1]: axis 1 ends before 6
fails(() => ops.slice(zeros([4, 5]), [0, 6], [2, -1]));
// error: Cannot slice [4, 5] from [0] with size [2]: expected 2 starts and sizes
fails(() => ops.slice(zeros([4, 5]), [0], [2]));
// error: Cannot slice [4, 5] from [0, -1] with size [2, 1]: axis 1 has a negative start or a size below -1
fails(() => ops.slice(zeros([4, 5]), [0, -1], [2, 1]));
// error: Axis 2 is out of range for shape [4, 5]: expected an axis from -2 to 1
fails(() => ops.take(zeros([4, 5]), [0, 1], { axis: 2 }));
// error: Cannot use a tensor of dtype float32 as indices: expected integers
fails(() => ops.take(zeros([4, 5]), zeros([2])));
// error: Cannot take along axis 1 of shape [4, 5] with indices of shape [3, 2]: axis -2 is 4 and 3
fails(() => ops.takeAlongAxis(zeros([4, 5]), zeros([3, 2], { dtype: "int32" }), { axis: 1 }));
// error: Cannot take along axis 1 of shape [4, 5] with indices of shape [2]: expected rank 2
fails(() => ops.takeAlongAxis(zeros([4, 5]), [0, 1], { axis: 1 }));
// error: Axis 2 is out of range for a new axis in shape [4]: expected an axis from -2 to 1
fails(() => ops.oneHot(zeros([4], { dtype: "int32" }), 3, { axis: 2 }));
// error: Cannot pad [2, 3]: expected 2 pairs of widths, received 1
fails(() => ops.pad(zeros([2, 3]), [[1, 1]]));
// error: Cannot pad [2, 3]: expected widths of at least 0, received [0, -1] for axis 1
fails(() => ops.pad(zeros([2, 3]), [[1, 1], [0, -1]]));
// error: Cannot tile [2, 3] by [2, -1]: expected numbers of copies of at least 0
fails(() => ops.tile(zeros([2, 3]), [2, -1]));
// error: Cannot repeat elements of [2, 3]: expected 1 or 2 counts, received 3
fails(() => ops.repeat(zeros([2, 3]), [1, 2, 3], { axis: 0 }));
// error: Axis 2 is out of range for shape [batch, 3]: expected an axis from -2 to 1
fails(() => ops.repeat(input(["batch", 3]), 2, { axis: 2 }));
// error: Axis 2 is out of range for shape [2, 3]: expected an axis from -2 to 1
fails(() => ops.flip(zeros([2, 3]), { axis: 2 }));
// error: Cannot take the 4 greatest elements of the last axis of shape [2, 3]: expected at most 3
fails(() => ops.topK(zeros([2, 3]), 4));
// error: Axis 1 is out of range for shape [3]: expected an axis from -1 to 0
fails(() => ops.diagonal(zeros([3])));
