// Shapes that cannot be made of others.
import { input, ops, zeros } from "../../../mod.ts";
import { fails } from "../attempts.ts";

// error: Cannot reshape [2, 3] of size 6 into [4, 2] of size 8
fails(() => ops.reshape(zeros([2, 3]), [4, 2]));
// error: Cannot reshape [2, 3] of size 6 into [4, -1]: the size is no multiple of 4
fails(() => ops.reshape(zeros([2, 3]), [4, -1]));
// error: Cannot reshape [2, 3] into [-1, -1]: at most one dim can be -1
fails(() => ops.reshape(zeros([2, 3]), [-1, -1]));
// error: Cannot reshape [2, 3] into [-2, 3]: expected sizes and at most one -1, received -2
fails(() => ops.reshape(zeros([2, 3]), [-2, 3]));
// error: Cannot transpose shape [2, 3] by axes [0]: expected 2 axes, received 1
fails(() => ops.transpose(zeros([2, 3]), [0]));
// error: Axis 2 is out of range for shape [2, 3]: expected an axis from -2 to 1
fails(() => ops.transpose(zeros([2, 3]), [0, 2]));
// error: Axes [1, -1] name axis 1 twice in shape [2, 3]: expected different axes
fails(() => ops.transpose(zeros([2, 3]), [1, -1]));
// error: Axis 3 is out of range for a new axis in shape [2, 3]: expected an axis from -3 to 2
fails(() => ops.expandDims(zeros([2, 3]), 3));
// error: Axes [0, -4] name axis 0 twice in shape [2, 3]: expected different axes
fails(() => ops.expandDims(zeros([2, 3]), [0, -4]));
// error: Cannot squeeze axis 2 of shape [2, 1, 3]: expected size 1, received 3
fails(() => ops.squeeze(zeros([2, 1, 3]), { axis: 2 }));
// error: Axis 2 is out of range for shape [2, 1]: expected an axis from -2 to 1
fails(() => ops.squeeze(zeros([2, 1]), { axis: 2 }));
// error: Cannot broadcast shape [3] to [2, 4]: axis -1 is 3 and 4
fails(() => ops.broadcastTo(zeros([3]), [2, 4]));
// error: Cannot broadcast shape [2, 3] to [3]: rank 2 is greater than 1
fails(() => ops.broadcastTo(zeros([2, 3]), [3]));
// error: Axis 2 is out of range for shape [2, 3]: expected an axis from -2 to 1
fails(() => ops.swapaxes(zeros([2, 3]), 0, 2));
// error: Axis 2 is out of range for shape [2, 3]: expected an axis from -2 to 1
fails(() => ops.moveaxis(zeros([2, 3]), 0, 2));
// error: Cannot reshape [4, batch] of size batch*4 into [3, batch] of size batch*3
fails(() => ops.reshape(input([4, "batch"]), [3, "batch"]));
