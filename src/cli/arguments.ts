/**
 * The command line of the demo.
 *
 * @module
 */
import { parseArgs } from "node:util";
import type { NetworkName } from "./networks.ts";

/** The arguments of the demo. */
export interface DemoArguments {
  /** The number of the test digit whose picture is shown. */
  readonly index: number;
  /** The network that reads the digit. */
  readonly network: NetworkName;
  /** Whether the network is written to a file. */
  readonly onnx: boolean;
  /** Whether the user wants to be told how the demo is used, and nothing else. */
  readonly help: boolean;
}

/** The usage of the demo. */
export const usage = `Usage: deno task demo [DIGIT] [--cnn] [--onnx]

Reads handwritten digits with a network that Keras has trained.

  DIGIT       number of the test digit whose picture is shown (default: 0)
  --cnn       read with the network that has convolutions
  --onnx      write the network to digits.onnx
  -h, --help  show this help
`;

/**
 * Reads the command line.
 *
 * @param count How many digits there are.
 * @throws {TypeError} If there is an option that the demo does not have.
 * @throws {RangeError} If there is no such digit, or there are several arguments.
 */
export function readArguments(args: readonly string[], count: number): DemoArguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      cnn: { type: "boolean", default: false },
      onnx: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const index = values.help ? 0 : chosenDigit(positionals, count);
  return { index, network: values.cnn ? "cnn" : "mlp", onnx: values.onnx, help: values.help };
}

function chosenDigit(positionals: readonly string[], count: number): number {
  const [argument = "0"] = positionals;
  if (positionals.length <= 1 && /^\d+$/.test(argument) && Number(argument) < count) return Number(argument);
  const received = positionals.join(" ");
  throw new RangeError(`Cannot show a digit: expected a number from 0 to ${count - 1}, received ${received}`);
}
