// What operations give, for each kind of operand.
import {
  type EagerTensor,
  input,
  ops,
  type SymbolicTensor,
  type Tensor,
  tensor,
  Variable,
  zeros,
} from "../../../mod.ts";
import { type Eq, is } from "../exact.ts";

const a = zeros([2, 3]);
const b = zeros([3]);
const x = input(["batch", 3]);
const w = new Variable(zeros([3, 4]));
const integers = zeros([2, 3], { dtype: "int32" });
const bytes = zeros([3], { dtype: "uint8" });
const flags = tensor([true, false, true]);
const doubles = zeros([3], { dtype: "float64" });
const halves = zeros([3], { dtype: "float16" });
const longs = tensor([1n, 2n, 3n]);
declare const open: Tensor;
declare const unranked: EagerTensor<readonly number[], "float32">;
declare const wide: EagerTensor<readonly [number, 3], "float32">;
declare const unknown: SymbolicTensor<readonly [null, 3], "float32">;
declare const number: number;

type ShapesOf<T> = { [I in keyof T]: T[I] extends { readonly shape: infer S } ? S : never };
type DTypesOf<T> = { [I in keyof T]: T[I] extends { readonly dtype: infer D } ? D : never };

// Eager, symbolic, mixed, variables, scalars, typed arrays, nested arrays.
const eager = ops.add(a, b);
is<Eq<typeof eager, EagerTensor<readonly [2, 3], "float32">>>();
const symbolic = ops.add(x, x);
is<Eq<typeof symbolic, SymbolicTensor<readonly ["batch", 3], "float32">>>();
const mixed = [ops.add(x, b), ops.add(b, x)] as const;
is<Eq<typeof mixed[0], SymbolicTensor<readonly ["batch", 3], "float32">>>();
is<Eq<typeof mixed[1], SymbolicTensor<readonly ["batch", 3], "float32">>>();
const ofVariable = ops.matmul(a, w);
is<Eq<typeof ofVariable, EagerTensor<readonly [2, 4], "float32">>>();
const ofVariables = ops.add(w, w);
is<Eq<typeof ofVariables, EagerTensor<readonly [3, 4], "float32">>>();
const symbolicVariable = ops.matmul(x, w);
is<Eq<typeof symbolicVariable, SymbolicTensor<readonly ["batch", 4], "float32">>>();
const scalars = [ops.add(a, 1), ops.add(1, a), ops.add(1, 2)] as const;
is<Eq<typeof scalars[0], EagerTensor<readonly [2, 3], "float32">>>();
is<Eq<typeof scalars[1], EagerTensor<readonly [2, 3], "float32">>>();
is<Eq<typeof scalars[2], EagerTensor<readonly [], "float32">>>();
const nested = ops.multiply([[1, 2, 3]], [[1], [2]]);
is<Eq<typeof nested, EagerTensor<readonly [2, 3], "float32">>>();
const typed = ops.add(new Int32Array(3), new Float64Array(3));
is<Eq<typeof typed, EagerTensor<readonly [number], "float64">>>();
const typedBeside = ops.add(a, new Float32Array(3));
is<Eq<typeof typedBeside, EagerTensor<readonly [2, 3], "float32">>>();
const plain = ops.add(open, a);
is<Eq<typeof plain.shape, readonly (string | number | null)[]>>();

// Dtypes.
const dtypes = [
  ops.add(integers, a),
  ops.add(bytes, integers),
  ops.add(flags, bytes),
  ops.add(halves, doubles),
  ops.add(longs, integers),
  ops.add(longs, halves),
  ops.divide(integers, bytes),
  ops.divide(longs, doubles),
  ops.equal(a, integers),
  ops.logicalNot(a),
  ops.exp(integers),
  ops.exp(halves),
  ops.square(flags),
  ops.sum(flags),
  ops.mean(integers),
  ops.argmax(doubles),
  ops.cast(a, "uint8"),
  ops.concatenate([bytes, flags]),
] as const;
is<
  Eq<
    DTypesOf<typeof dtypes>,
    readonly [
      "float32",
      "int32",
      "uint8",
      "float64",
      "int64",
      "float16",
      "float32",
      "float64",
      "bool",
      "bool",
      "float32",
      "float16",
      "int32",
      "int32",
      "float32",
      "int32",
      "uint8",
      "uint8",
    ]
  >
>();
const weak = [
  ops.add(integers, 1),
  ops.add(2, integers),
  ops.add(integers, 0.5),
  ops.add(1e-3, bytes),
  ops.add(integers, number),
  ops.add(flags, 1),
  ops.add(halves, 0.5),
  ops.add(doubles, number),
  ops.divide(integers, 2),
  ops.add(longs, 1),
] as const;
is<
  Eq<
    DTypesOf<typeof weak>,
    readonly [
      "int32",
      "int32",
      "float32",
      "float32",
      "int32" | "float32",
      "int32",
      "float16",
      "float64",
      "float32",
      "int64",
    ]
  >
>();

// Open dims, in both orders.
const open1 = [ops.add(wide, a), ops.add(a, wide)] as const;
is<Eq<typeof open1[0]["shape"], readonly [2, 3]>>();
is<Eq<typeof open1[1]["shape"], readonly [2, 3]>>();
const open2 = [ops.add(unknown, a), ops.add(a, unknown), ops.add(unknown, x), ops.add(x, unknown)] as const;
is<Eq<typeof open2[0]["shape"], readonly [2, 3]>>();
is<Eq<typeof open2[1]["shape"], readonly [2, 3]>>();
is<Eq<typeof open2[2]["shape"], readonly [null, 3]>>();
is<Eq<typeof open2[3]["shape"], readonly [null, 3]>>();
const open3 = [ops.add(x, a), ops.add(a, x), ops.add(x, zeros([1, 1])), ops.add(x, input(["time", 1, 3]))] as const;
is<Eq<typeof open3[0]["shape"], readonly [2, 3]>>();
is<Eq<typeof open3[1]["shape"], readonly [2, 3]>>();
is<Eq<typeof open3[2]["shape"], readonly ["batch", 3]>>();
is<Eq<typeof open3[3]["shape"], readonly ["time", "batch", 3]>>();
const open4 = [ops.add(unranked, a), ops.add(a, unranked)] as const;
is<Eq<typeof open4[0]["shape"], typeof open4[1]["shape"]>>();
is<Eq<number extends typeof open4[0]["shape"]["length"] ? true : false, true>>();

// Products.
const products = [
  ops.matmul(zeros([7, 2, 3]), zeros([3, 5])),
  ops.matmul(a, b),
  ops.matmul(b, w),
  ops.dot(a, zeros([5, 3, 4])),
  ops.tensordot(a, zeros([3, 4]), { axes: 1 }),
  ops.tensordot(zeros([2, 3, 4]), zeros([3, 4, 5])),
  ops.einsum("bi,io->bo", x, w),
  ops.einsum("...ij,...jk->...ik", zeros([8, 2, 3]), zeros([3, 5])),
  ops.einsum("ii", zeros([3, 3])),
  ops.outer(a, b),
  ops.matmul(unranked, a),
] as const;
is<
  Eq<
    ShapesOf<typeof products>,
    readonly [
      readonly [7, 2, 5],
      readonly [2],
      readonly [4],
      readonly [2, 5, 4],
      readonly [2, 4],
      readonly [2, 5],
      readonly ["batch", 4],
      readonly [8, 2, 5],
      readonly [],
      readonly [6, 3],
      readonly (string | number | null)[],
    ]
  >
>();
