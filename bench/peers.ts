/**
 * The libraries that Strata is compared with, each used as its documentation says: weights and inputs are made once,
 * every call computes and reads the result.
 *
 * @module
 */
import { jit, nn, numpy } from "@jax-js/jax";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import type { Network } from "./problem.ts";

/** A library that takes part. */
export interface Side {
  readonly name: string;
  /** Done before a turn, untimed. */
  readonly prepare?: () => Promise<unknown>;
  /** Makes a call that adds two vectors. */
  add(a: Float32Array<ArrayBuffer>, b: Float32Array<ArrayBuffer>): () => ArrayLike<number>;
  /** Makes a call that computes a network; where `fresh`, from a typed array that becomes a tensor in each call. */
  network(network: Network, fresh: boolean): () => ArrayLike<number>;
}

// Production mode: fewer checks, and no advice to install another package on the console.
tf.enableProdMode();

function tensorFlow(backend: "wasm" | "cpu"): Side {
  return {
    name: `tfjs-${backend}`,
    prepare: () => tf.setBackend(backend),
    add(a, b) {
      const [left, right] = [tf.tensor1d(a), tf.tensor1d(b)];
      return () => read(tf.add(left, right));
    },
    network({ layers, batch, input }, fresh) {
      const shape: [number, number] = [batch, layers[0]!.inputs];
      const kept = tf.tensor2d(input, shape);
      const weights = layers.map(({ inputs, units, kernel, bias, relu }) => ({
        kernel: tf.tensor2d(kernel, [inputs, units]),
        bias: tf.tensor1d(bias),
        activation: relu ? "relu" as const : "linear" as const,
      }));
      const run = (): tf.Tensor => {
        let x: tf.Tensor2D = fresh ? tf.tensor2d(input, shape) : kept;
        for (const { kernel, bias, activation } of weights) {
          x = tf.fused.matMul({ a: x, b: kernel, bias, activation }) as tf.Tensor2D;
        }
        return x;
      };
      return () => read(tf.tidy(run));
    },
  };
}

// Outside tf.tidy, which would look for tensors among all elements of an array that it returns: measured, 0.1 ms.
function read(tensor: tf.Tensor): ArrayLike<number> {
  const values = tensor.dataSync();
  tensor.dispose();
  return values;
}

/** `dataSync` and every operation take over one reference to each array, so what is kept is passed as `.ref`. */
function jax(compiled: boolean): Side {
  return {
    name: compiled ? "jax-js jit" : "jax-js",
    add(a, b) {
      const [left, right] = [numpy.array(a), numpy.array(b)];
      const add = (x: numpy.Array, y: numpy.Array): numpy.Array => numpy.add(x, y);
      const run = compiled ? jit(add) : add;
      return () => run(left.ref, right.ref).dataSync();
    },
    network({ layers, batch, input }, fresh) {
      const shape = [batch, layers[0]!.inputs];
      const kept = numpy.array(input, { shape });
      const weights = layers.flatMap(({ inputs, units, kernel, bias }) => [
        numpy.array(kernel, { shape: [inputs, units] }),
        numpy.array(bias),
      ]);
      const forward = (x: numpy.Array, ...weights: numpy.Array[]): numpy.Array =>
        layers.reduce((x, { relu }, index) => {
          const y = numpy.add(numpy.dot(x, weights[2 * index]!), weights[2 * index + 1]!);
          return relu ? nn.relu(y) : y;
        }, x);
      const run = compiled ? jit(forward) : forward;
      return () => {
        const x = fresh ? numpy.array(input, { shape }) : kept.ref;
        return run(x, ...weights.map((weight) => weight.ref)).dataSync();
      };
    },
  };
}

/** Every peer. */
export const peers: readonly Side[] = [tensorFlow("wasm"), tensorFlow("cpu"), jax(false), jax(true)];
