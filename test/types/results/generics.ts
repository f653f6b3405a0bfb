// Shapes that are type parameters: the compiler comes to an end, and a plain tensor is taken everywhere.
import { Dense, type EagerTensor, ops, Sequential, type Shape, type Tensor, zeros } from "../../../mod.ts";

export function addThree<S extends Shape>(x: EagerTensor<S, "float32">): Tensor {
  return ops.add(x as Tensor, zeros([3]));
}
export function product<S extends Shape, T extends Shape>(a: EagerTensor<S>, b: EagerTensor<T>): Tensor {
  return ops.matmul(a as Tensor, b as Tensor);
}
export function apply<U extends number>(units: U, x: Tensor): Tensor {
  return new Dense(units)(x);
}
export function chain<U extends number>(units: U, x: Tensor): Tensor {
  return new Sequential(new Dense(units), new Dense(3))(x);
}
export function rows<N extends number>(x: EagerTensor<readonly [N, 64], "float32">): Tensor {
  return new Dense(3)(x as Tensor);
}

// What a type parameter will be is not known here, and what is not known is taken.
export function added<S extends Shape>(x: EagerTensor<S, "float32">): Tensor {
  return ops.add(x, zeros([3]));
}
export function doubled<X extends Tensor>(x: X): Tensor {
  return ops.add(x, x);
}
export function multiplied<S extends Shape>(x: EagerTensor<S, "float32">): Tensor {
  return ops.matmul(x, zeros([3, 4]));
}
export function summed<S extends Shape, A extends number>(x: EagerTensor<S, "float32">, axis: A): Tensor {
  return ops.sum(x, { axis });
}
export function reshaped<S extends Shape, T extends Shape>(x: EagerTensor<S, "float32">, shape: T): Tensor {
  return ops.reshape(x, shape);
}
export function transposed<S extends Shape>(x: EagerTensor<S, "float32">): Tensor {
  return ops.transpose(x);
}
export function joined<S extends Shape>(x: EagerTensor<S, "float32">): Tensor {
  return ops.concatenate([x, x]);
}
export function cut<S extends Shape>(x: EagerTensor<S, "float32">): Tensor {
  return ops.slice(x, [0, 0], [1, 2]);
}
export function dense<S extends Shape>(x: EagerTensor<S, "float32">): Tensor {
  return new Dense(3)(x);
}
export function einsum<S extends Shape>(x: EagerTensor<S, "float32">): Tensor {
  return ops.einsum("ij,jk->ik", x, zeros([3, 4]));
}
