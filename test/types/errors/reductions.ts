// Reductions along axes that are not there.
import { input, ops, zeros } from "../../../mod.ts";
import { fails } from "../attempts.ts";

// error: Axis 2 is out of range for shape [2, 3]: expected an axis from -2 to 1
fails(() => ops.sum(zeros([2, 3]), { axis: 2 }));
// error: Axis -3 is out of range for shape [2, 3]: expected an axis from -2 to 1
fails(() => ops.mean(zeros([2, 3]), { axis: -3, keepDims: true }));
// error: Axis 5 is out of range for shape [batch, 3]: expected an axis from -2 to 1
fails(() => ops.max(input(["batch", 3]), { axis: [0, 5] }));
// error: Axes [1, -1] name axis 1 twice in shape [2, 3]: expected different axes
fails(() => ops.prod(zeros([2, 3]), { axis: [1, -1] }));
// error: Axis 2 is out of range for shape [2, 3]: expected an axis from -2 to 1
fails(() => ops.argmax(zeros([2, 3]), { axis: 2 }));
// error: Axis 1 is out of range for shape [1]: expected an axis from -1 to 0
fails(() => ops.any([true], { axis: 1 }));
// error: Axis 2 is out of range for shape [2, 3]: expected an axis from -2 to 1
fails(() => ops.logsumexp(zeros([2, 3]), { axis: 2 }));
// error: Axis 2 is out of range for shape [2, 3]: expected an axis from -2 to 1
fails(() => ops.cumsum(zeros([2, 3]), { axis: 2 }));
// error: Axis 2 is out of range for shape [2, 3]: expected an axis from -2 to 1
fails(() => ops.softmax(zeros([2, 3]), { axis: 2 }));
// error: Axis 2 is out of range for shape [2, 3]: expected an axis from -2 to 1
fails(() => ops.norm(zeros([2, 3]), { axis: 2 }));
