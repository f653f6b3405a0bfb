// Reductions along axes that are not there.
import { input, ops, zeros } from "../../../mod.ts";
import { fails } from "../attempts.ts";

// error: axis 2 is out of range for a shape of rank 2: [2, 3]
fails(() => ops.sum(zeros([2, 3]), { axis: 2 }));
// error: axis -3 is out of range for a shape of rank 2: [2, 3]
fails(() => ops.mean(zeros([2, 3]), { axis: -3, keepDims: true }));
// error: axis 5 is out of range for a shape of rank 2: [batch, 3]
fails(() => ops.max(input(["batch", 3]), { axis: [0, 5] }));
// error: axes [1, -1] name axis 1 twice for a shape of rank 2: [2, 3]
fails(() => ops.prod(zeros([2, 3]), { axis: [1, -1] }));
// error: axis 2 is out of range for a shape of rank 2: [2, 3]
fails(() => ops.argmax(zeros([2, 3]), { axis: 2 }));
// error: axis 1 is out of range for a shape of rank 1: [1]
fails(() => ops.any([true], { axis: 1 }));
// error: axis 2 is out of range for a shape of rank 2: [2, 3]
fails(() => ops.logsumexp(zeros([2, 3]), { axis: 2 }));
// error: axis 2 is out of range for a shape of rank 2: [2, 3]
fails(() => ops.cumsum(zeros([2, 3]), { axis: 2 }));
// error: axis 2 is out of range for a shape of rank 2: [2, 3]
fails(() => ops.softmax(zeros([2, 3]), { axis: 2 }));
// error: axis 2 is out of range for a shape of rank 2: [2, 3]
fails(() => ops.norm(zeros([2, 3]), { axis: 2 }));
