// Products of tensors whose inner sizes differ.
import { input, ops, zeros } from "../../../mod.ts";
import { fails } from "../attempts.ts";

// error: Cannot matmul shapes [2, 3] and [4, 5]: inner dims are 3 and 4
fails(() => ops.matmul(zeros([2, 3]), zeros([4, 5])));
// error: Cannot matmul shapes [3] and [4]: inner dims are 3 and 4
fails(() => ops.matmul(zeros([3]), zeros([4])));
// error: Cannot matmul shapes [7, 2, 3] and [6, 3, 5]: axis -3 is 7 and 6
fails(() => ops.matmul(zeros([7, 2, 3]), zeros([6, 3, 5])));
// error: Cannot matmul shapes [2, 3] and []: both need at least one axis
fails(() => ops.matmul(zeros([2, 3]), 4));
// error: Cannot matmul shapes [batch, 3] and [4, 5]: inner dims are 3 and 4
fails(() => ops.matmul(input(["batch", 3]), zeros([4, 5])));
// error: Cannot dot shapes [2, 3] and [5, 2, 4]: inner dims are 3 and 2
fails(() => ops.dot(zeros([2, 3]), zeros([5, 2, 4])));
// error: Cannot tensordot shapes [2, 3] and [5, 4] over axes [-1] and [-1]: axis -1 is 3 and axis -1 is 4
fails(() => ops.inner(zeros([2, 3]), zeros([5, 4])));
// error: Cannot tensordot shapes [2, 3] and [4, 5] over axes [-1] and [0]: axis -1 is 3 and axis 0 is 4
fails(() => ops.tensordot(zeros([2, 3]), zeros([4, 5]), { axes: 1 }));
// error: Cannot tensordot shapes [2, 3] and [3, 4] over axes [0] and [0]: axis 0 is 2 and axis 0 is 3
fails(() => ops.tensordot(zeros([2, 3]), zeros([3, 4]), { axes: [[0], [0]] }));
// error: Axis 2 is out of range for shape [2, 3]: expected an axis from -2 to 1
fails(() => ops.tensordot(zeros([2, 3]), zeros([3, 4]), { axes: [[2], [0]] }));
// error: Cannot einsum "ij,jk->ik" with shapes [2, 3] and [4, 5]: label j is 3 and 4
fails(() => ops.einsum("ij,jk->ik", zeros([2, 3]), zeros([4, 5])));
// error: Cannot einsum "ij,jk->ik" with shapes [2, 3] and [3]: expected rank 2 for "jk" but operand 1 has rank 1
fails(() => ops.einsum("ij,jk->ik", zeros([2, 3]), zeros([3])));
// error: Cannot einsum "ij,jk->ikl" with shapes [2, 3] and [3, 4]: output label l is in no operand
fails(() => ops.einsum("ij,jk->ikl", zeros([2, 3]), zeros([3, 4])));
// error: Cannot einsum "ij,jk->ik" with shape [2, 3]: expected 2 operands, received 1
fails(() => ops.einsum("ij,jk->ik", zeros([2, 3])));
// error: Cannot matmul shapes [2, 3] and [4, 5]: inner dims are 3 and 4
fails(() => ops.dense(zeros([2, 3]), zeros([4, 5])));
// error: Cannot add a bias of shape [4] with a kernel of shape [3, 5]: expected one axis, of the kernel's last size
fails(() => ops.dense(zeros([2, 3]), zeros([3, 5]), zeros([4])));
