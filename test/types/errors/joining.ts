// Tensors that cannot be joined or taken apart.
import { input, ops, zeros } from "../../../mod.ts";
import { fails } from "../attempts.ts";

// error: Cannot concatenate along axis 0: input 0 of shape [2, 3] and input 1 of shape [2, 4] differ in axis 1
fails(() => ops.concatenate([zeros([2, 3]), zeros([2, 4])]));
// error: Cannot concatenate along axis -1: input 0 of shape [2, 3] and input 2 of shape [3, 4] differ in axis 0
fails(() => ops.concatenate([zeros([2, 3]), zeros([2, 4]), zeros([3, 4])], { axis: -1 }));
// error: Cannot concatenate along axis -1: input 0 of shape [2, 3] and input 1 of shape [2] differ in rank
fails(() => ops.concatenate([zeros([2, 3]), zeros([2])], { axis: -1 }));
// error: Axis 2 is out of range for shape [2, 3]: expected an axis from -2 to 1
fails(() => ops.concatenate([zeros([2, 3]), input(["batch", 3])], { axis: 2 }));
// error: Cannot concatenate along axis 0: input 0 of shape [2, 3] and input 1 of shape [2, 4] differ in axis 1
fails(() => ops.concatenate([zeros([2, 3]), zeros([2, 4])], { axis: 0 }));
// error: Cannot stack along axis 0: input 0 of shape [2, 3] and input 1 of shape [2, 4] differ in axis 1
fails(() => ops.stack([zeros([2, 3]), zeros([2, 4])]));
// error: Axis 3 is out of range for a new axis in shape [2, 3]: expected an axis from -3 to 2
fails(() => ops.stack([zeros([2, 3]), zeros([2, 3])], { axis: 3 }));
// error: Cannot split axis 1 of shape [2, 5]: size 5 is no multiple of 2
fails(() => ops.split(zeros([2, 5]), 2, { axis: 1 }));
// error: Axis 2 is out of range for shape [2, 5]: expected an axis from -2 to 1
fails(() => ops.split(zeros([2, 5]), 2, { axis: 2 }));
// error: Axis 2 is out of range for shape [2, 5]: expected an axis from -2 to 1
fails(() => ops.unstack(zeros([2, 5]), { axis: 2 }));
