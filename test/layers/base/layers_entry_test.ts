// The only import of the package: nothing else may make classes known here.
import { Bidirectional } from "@strata/nn/layers";
import { assertEquals } from "@std/assert";

Deno.test("a program that has the layers alone reads configurations of layers around layers", () => {
  const own = { trainable: true, dtype: "float32", units: 2 } as const;
  const layer = { className: "LSTM", config: { ...own, name: "forward_lstm" } };
  const backwardLayer = { className: "LSTM", config: { ...own, name: "backward_lstm", goBackwards: true } };
  const around = { name: "around", trainable: true, dtype: "float32", mergeMode: "concat" } as const;
  const made = Bidirectional.fromConfig({ ...around, layer, backwardLayer } as never);
  assertEquals(made.layers.map(({ className }) => className), ["LSTM", "LSTM"]);
});
