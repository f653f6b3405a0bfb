/**
 * What the engine says when it fails, in the words of this package: where it was, and why.
 *
 * @module
 */

/** The names that ONNX Runtime has for element types, where they differ from ours. */
const TYPE_NAMES: { readonly [name: string]: string } = { float: "float32", double: "float64" };

/** Messages of the engine, and what is said instead. The first that fits is taken. */
const SENTENCES: readonly (readonly [RegExp, string])[] = [
  // Models.
  [/^Failed to load model because protobuf parsing failed$/, "its bytes are no ONNX model"],
  [/^No graph was found in the protobuf$/, "its bytes hold no graph"],
  [
    /^Unsupported model IR version: (\d+), max supported IR version: (\d+)$/,
    "expected IR version $2 at most, received $1",
  ],
  [
    /^.*Opset (\d+) is under development.*official support for domain (\S+) is till opset (\d+)$/s,
    "expected opset $3 of $2 at most, received $1",
  ],
  [/^No Op registered for (\S+) with domain_version of (\d+)$/, "opset $2 has no operator $1"],
  [/^(?:Fatal error: )?([^\s:]*):(\w+)\(-?\d+\) is not a registered function\/op$/, "domain $1 has no operator $2"],
  [/^No opset import for domain '(.*)'$/, "it uses operators of domain $1, of which it imports no opset"],
  [
    /^Could not find an implementation for (\w+)\((\d+)\) node with name '(.*)'$/,
    "node $3 ($1): Could not find an implementation of $1 of opset $2 for these element types",
  ],
  [/^MLDataType for: (\S+) is not currently registered or supported$/, "the engine has no values of element type $1"],
  [
    /^Type parameter \(\w+\) of Optype \((\w+)\) bound to different types \((\S+) and (\S+) in node \((.*)\)$/,
    "node $4 ($1): expected inputs of one element type, received $2 and $3",
  ],
  [
    /^Type \((\S+)\) of output arg \((.*)\) of node \((.*)\) does not match expected type \((\S+)\)$/,
    "node $3: expected output $2 to be declared as $4, received $1",
  ],
  [
    /^Type '(\S+)' of input parameter \((.*)\) of operator \((\w+)\) in node \((.*)\) is invalid$/,
    "node $4 ($3): input $2 is of element type $1, which the operator does not take",
  ],
  [/^Unrecognized attribute: (\S+) for operator (\w+)$/, "operator $2 has no attribute $1"],
  [
    /^Node input '(.*)' is not a graph input, initializer, or output of a previous node$/,
    "there is no value $1, which a node reads",
  ],
  [/^Graph output \((.*)\) does not exist in the graph$/, "there is no value $1, which is an output"],
  [/^Duplicate definition of name \((.*)\)$/, "several values have the name $1"],
  [/^two nodes with same node name \((.*)\)$/, "several nodes have the name $1"],
  [
    /^Initializer '(.*)': raw_data size \((\d+) bytes\) does not match expected size from shape and data type \((\d+) bytes\)$/,
    "constant $1: expected $3 bytes, received $2",
  ],
  [
    /^Failed to load external data file "+(.*?)"+, error: Out of bounds$/,
    'the file "$1" ends before the elements of a constant',
  ],
  [
    /^Failed to load external data file "+(.*?)"+, error: .*$/,
    'the file "$1" is missing, in which weights lie; give it as { model, data }',
  ],
  // Memory and sizes.
  [/^(?:std::)?bad_alloc$/, "out of memory: the engine's heap has 4 GiB at most"],
  [/^Integer overflow$/, "a tensor has more bytes than the 4 GiB that the engine's heap can have"],
  [/^Tensor shape\.Size\(\) must be >= 0$/, "expected the sizes of a tensor to be at least 0, received a negative one"],
  // Inputs.
  [
    /^Got invalid dimensions for input: (\S+) for the following indices\s+index: (\d+) Got: (-?\d+) Expected: (-?\d+).*$/s,
    "input $1: expected size $4 on axis $2, received $3",
  ],
  [/^Invalid rank for input: (\S+) Got: (\d+) Expected: (\d+).*$/s, "input $1: expected $3 axes, received $2"],
  [
    /^Unexpected input data type\. Actual: \((\S+)\) ?, expected: \((\S+)\)$/,
    "Unexpected input data type: expected $2, received $1",
  ],
  // Nodes.
  [
    /^Attempting to broadcast an axis by a dimension other than 1\. (\d+) by (\d+)$/,
    "shapes cannot be broadcast: expected sizes that are equal or 1, received $1 by $2",
  ],
  [
    /^The input tensor cannot be reshaped to the requested shape\. Input shape:\s*\{(.*)\}, requested shape:\s*\{(.*)\}$/,
    "a tensor of shape [$1] cannot be reshaped to [$2]",
  ],
  [/^Exiting due to terminate flag being set to true$/, "the run was stopped"],
];

/** A place in ONNX Runtime's source: a file with a line, and the name of a function. */
const PLACE = /^\S+\.(?:cc|h|cpp):\d+ [\w:~]+ /;
/** A function of C++ with its parameters; nothing that is quoted, which is the user's. */
const SIGNATURE = /^[^'".\n]*?::[^'"\n]*?\)(?: const)? (?=\S)/;
/** A condition of C++ that did not hold, before what that means. */
const CONDITION = /^[^'"\n]*? was false\. ?(?=\S)/;
const HEADINGS = /^(?:This is an invalid model\. (?:Error: )?|Invalid model\. |Type Error: |\[\w+Error\] )/;
const NODE = /^Non-zero status code returned while running (\w+) node\. Name:'(.*?)' Status Message: (.*)$/s;
/** As shape inference says where it was. */
const INFERRED_NODE = /^Node ?\((.*?)\) Op \((\w+)\) (.*)$/s;
/** The public interface adds this. */
const REPORT = /^.*?ERROR_MESSAGE: "?(.*?)"?$/s;

/** What the engine says, without where in its own source that comes from. */
export function reasonOf(text: string): string {
  const message = text.trim().replace(REPORT, "$1").replace(
    /^\/\S+:\d+ (.*\[ONNXRuntimeError\] : \d+ : \w+ : )?/,
    "",
  ).replace(/^\[ONNXRuntimeError\] : \d+ : \w+ : /, "");
  const [, operator, node, reason] = NODE.exec(message) ?? [];
  if (reason !== undefined) return `node ${node} (${operator}): ${plain(reason)}`;
  const [, inferred, inferredOperator, fault] = INFERRED_NODE.exec(message) ?? [];
  return fault === undefined ? plain(message) : `node ${inferred} (${inferredOperator}): ${plain(fault)}`;
}

function plain(message: string): string {
  let text = message.trim().replace(/\.$/, "");
  let sentence = sentenceOf(text);
  for (const part of [PLACE, SIGNATURE, PLACE, CONDITION, HEADINGS]) {
    if (sentence !== undefined) break;
    text = text.replace(part, "");
    sentence = sentenceOf(text);
  }
  return (sentence ?? text).replace(/\btensor\((\w+)\)/g, (_, name: string) => TYPE_NAMES[name] ?? name);
}

function sentenceOf(text: string): string | undefined {
  const known = SENTENCES.find(([pattern]) => pattern.test(text));
  return known && text.replace(...known);
}
