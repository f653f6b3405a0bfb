import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertStrictEquals,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import fs from "node:fs";
import process from "node:process";
import { compiledModule, defaultEngine } from "../../src/eager/default_engine.ts";
import { EngineError, type LoadOptions, type SynchronousProgram } from "../../src/engine/engine.ts";
import {
  chromeTrace,
  parseProfile,
  type Profile,
  type ProfileEvent,
  renderProfile,
  summarize,
} from "../../src/engine/profile.ts";
import { instantiateModule } from "../../src/engine/wasm_module.ts";
import { Runtime } from "../../src/engine/runtime.ts";
import { constant, graph, host, model, node, numbers, spec, value } from "./models.ts";

const NODES = ["dense/MatMul", "dense/Add", "dense/Relu"];
const x = host("float32", [1, 2], [1, 2]);
const out = [spec("float32", [1, 2])];

/** `relu(x @ w + b)` with nodes of the given names. */
function denseModel([matmul, add, relu]: readonly string[] = NODES): Uint8Array {
  return model([value("x")], [value("y")], [
    { ...node("MatMul", ["x", "w"], ["product"]), name: matmul! },
    { ...node("Add", ["product", "b"], ["sum"]), name: add! },
    { ...node("Relu", ["sum"], ["y"]), name: relu! },
  ], [constant("w", host("float32", [2, 2], [1, 2, 3, 4])), constant("b", host("float32", [2], [-8, 8]))]);
}

function load(bytes: Uint8Array, options: LoadOptions = { optimize: false, profile: true }): SynchronousProgram {
  return defaultEngine.loadSync(bytes, options);
}

function run(program: SynchronousProgram, times: number): void {
  // [1, 2] @ [[1, 2], [3, 4]] + [-8, 8] is [-1, 18].
  for (let time = 0; time < times; time++) assertEquals(numbers(program.runSync([x], out)[0]), [0, 18]);
}

function namesOf({ events }: Profile): string[] {
  return events.filter(({ kind }) => kind === "node").map(({ name }) => name);
}

function event(name: string, operator: string, start: number, duration: number, own = duration): ProfileEvent {
  return { kind: "node", name, operator, provider: "CPU", start, duration, ownDuration: own, args: {} };
}

/** What is written by any way to the console while `action` runs. */
function written(action: () => void): unknown[] {
  const calls: unknown[] = [];
  const streams = [[console, "log"], [console, "error"], [fs, "writeSync"], [process.stdout, "write"], [
    process.stderr,
    "write",
  ]] as unknown as [Record<string, unknown>, string][];
  const originals = streams.map(([object, name]) => object[name]);
  for (const [object, name] of streams) object[name] = (...args: unknown[]) => calls.push(args);
  try {
    action();
  } finally {
    for (const [index, [object, name]] of streams.entries()) object[name] = originals[index];
  }
  return calls;
}

Deno.test("a profile has each node of each run, by name, with times that are finite and not negative", () => {
  const before = (performance.timeOrigin + performance.now()) * 1000;
  const program = load(denseModel());
  run(program, 5);
  const profile = program.endProfile();
  assertEquals(namesOf(profile), Array.from({ length: 5 }, () => NODES).flat());
  assertEquals([profile.runs, profile.omittedRuns], [5, 0]);
  const after = (performance.timeOrigin + performance.now()) * 1000;
  for (const { kind, operator, provider, start, duration, ownDuration, name } of profile.events) {
    assert(start >= before && start + duration <= after + 1, `${start} is not from ${before} to ${after}`);
    assert(Number.isInteger(duration) && duration >= 0, String(duration));
    if (kind !== "node") continue;
    assertEquals(ownDuration, duration);
    assertEquals([provider, operator], ["CPUExecutionProvider", name.replace("dense/", "")]);
  }
  assertEquals(profile.events.filter(({ name }) => name === "model_run").length, 5);
  const add = profile.events.find(({ name }) => name === "dense/Add");
  assertEquals(add!.args["input_type_shape"], [{ float: [1, 2] }, { float: [2] }]);
  assertEquals(add!.args["output_type_shape"], [{ float: [1, 2] }]);
  program.releaseSync();
});

Deno.test("runs after the profile was taken are not in it, and it stays as it is", () => {
  const program = load(denseModel());
  run(program, 2);
  const profile = program.endProfile();
  run(program, 3);
  assertStrictEquals(program.endProfile(), profile);
  assertEquals(namesOf(profile).length, 6);
  program.releaseSync();
  assertThrows(() => program.endProfile(), EngineError, "the model has been released");
});

Deno.test("names with quotes, backslashes, line ends and other scripts come through", () => {
  const names = ['say "hi"/MatMul', "back\\slash\n/Add", "層/Relu"];
  const program = load(denseModel(names));
  run(program, 2);
  assertEquals(namesOf(program.endProfile()), [...names, ...names]);
  program.releaseSync();
});

Deno.test("a model is not profiled unless that is asked for", () => {
  for (const options of [{}, { profile: false }, { optimize: false }]) {
    const program = load(denseModel(), options);
    run(program, 1);
    assertThrows(() => program.endProfile(), EngineError, "the model was loaded without `profile: true`");
    program.releaseSync();
  }
});

Deno.test("nothing of a profile is printed, whether it is taken, dropped or belongs to a model that does not load", () => {
  assertEquals(written(() => fs.writeSync(1, "x")).length, 1, "the test sees what the engine would write with");
  const printed = written(() => {
    const taken = load(denseModel());
    run(taken, 1);
    taken.endProfile();
    taken.releaseSync();
    const dropped = load(denseModel());
    run(dropped, 1);
    dropped.releaseSync();
    const withoutKernel = model([value("x", "float64")], [value("y", "float64")], [node("Softsign", ["x"], ["y"])]);
    assertThrows(() => load(withoutKernel), EngineError, "Could not find an implementation");
    assertThrows(() => load(new Uint8Array([1, 2, 3])), EngineError);
  });
  assertEquals(printed, []);
});

Deno.test("a profile is full at some 20,000 events, and the runs after that go on without it", () => {
  const program = load(denseModel());
  run(program, 5000);
  const profile = program.endProfile();
  assert(profile.events.length > 10_000 && profile.events.length <= 20_002, String(profile.events.length));
  assertEquals(profile.runs + profile.omittedRuns, 5000);
  assert(profile.omittedRuns > 0);
  assertEquals(namesOf(profile).length, profile.runs * 3);
  program.releaseSync();
});

Deno.test("profiling one model after the other keeps the heap as it is", () => {
  const cycle = () => {
    const program = load(denseModel());
    run(program, 200);
    program.releaseSync();
  };
  for (let round = 0; round < 3; round++) cycle();
  const heap = defaultEngine.heapBytes;
  for (let round = 0; round < 60; round++) cycle();
  assertEquals(defaultEngine.heapBytes, heap);
});

Deno.test("a run that fails is no reason to lose the profile of the others", () => {
  const program = load(denseModel());
  run(program, 1);
  assertThrows(() => program.runSync([host("float32", [1, 3], [1, 2, 3])], out), EngineError, "Cannot run the model");
  run(program, 1);
  assertEquals(namesOf(program.endProfile()).filter((name) => name === "dense/Relu").length, 2);
  program.releaseSync();
});

Deno.test("the nodes of a branch count in their own rows and not again in that of the node around them", () => {
  const branch = graph([], [value("r")], [{ ...node("Add", ["x", "x"], ["r"]), name: "inner" }]);
  const attributes = {
    then_branch: { type: "graph", value: branch },
    else_branch: { type: "graph", value: branch },
  } as const;
  const program = load(
    model([value("c", "bool"), value("x")], [value("y")], [{ ...node("If", ["c"], ["y"], attributes), name: "outer" }]),
  );
  program.runSync([host("bool", [], [true]), x], out);
  const { events } = program.endProfile();
  program.releaseSync();
  const [outer, inner] = ["outer", "inner"].map((name) => events.find((event) => event.name === name)!);
  assertEquals(outer!.ownDuration, outer!.duration - inner!.duration);
  assertEquals(inner!.ownDuration, inner!.duration);
});

Deno.test("a runtime without an engine gives profiles too", async () => {
  const runtime = new Runtime(await instantiateModule(compiledModule));
  const session = runtime.load(denseModel(), { profile: true });
  assertEquals(namesOf(session.endProfile()), []);
  session.free();
});

const line = (category: string, name: string, start: number, duration: number, args = "{}") =>
  `{"cat" : "${category}","pid" :42,"tid" :7,"dur" :${duration},"ts" :${start},"ph" : "X","name" :"${name}","args" : ${args}},\n`;

Deno.test("events are read in the order in which they began, each with its own part of the time", () => {
  const text = "[\n" +
    line("Session", "model_loading_array", 0, 2) +
    line("Node", "body_kernel_time", 20, 5, '{"op_name" : "Add","thread_scheduling_stats" : ""}') +
    line("Node", "body_kernel_time", 25, 6, '{"op_name" : "Add"}') +
    line("Node", "loop_kernel_time", 20, 15, '{"op_name" : "Scan","provider" : "P","node_index" : "3"}') +
    line("Node", "next_kernel_time", 35, 1, '{"op_name" : "Add"}') + "]\n";
  const node = { kind: "node", provider: "", args: {} } as const;
  assertEquals(parseProfile(text, 1000), [
    {
      kind: "session",
      name: "model_loading_array",
      operator: "",
      provider: "",
      start: 1000,
      duration: 2,
      ownDuration: 0,
      args: {},
    },
    {
      ...node,
      name: "loop",
      operator: "Scan",
      provider: "P",
      start: 1020,
      duration: 15,
      ownDuration: 4,
      args: { node_index: "3" },
    },
    { ...node, name: "body", operator: "Add", start: 1020, duration: 5, ownDuration: 5 },
    { ...node, name: "body", operator: "Add", start: 1025, duration: 6, ownDuration: 6 },
    { ...node, name: "next", operator: "Add", start: 1035, duration: 1, ownDuration: 1 },
  ]);
  assertEquals(parseProfile("", 0), []);
});

const EVENTS = [
  event("a/MatMul", "MatMul", 100, 30),
  event("a/Add", "Add", 130, 10),
  event("b/Scan", "Scan", 140, 20, 0),
  event("b/MatMul", "MatMul", 140, 20),
  event("a/MatMul", "MatMul", 170, 40),
  { ...event("model_run", "", 100, 110, 0), kind: "session" } as const,
];

Deno.test("a summary adds up own times by operator or by name, the longest first", () => {
  assertEquals(summarize(EVENTS), [
    { name: "MatMul", calls: 3, total: 90, mean: 30, share: 0.9 },
    { name: "Add", calls: 1, total: 10, mean: 10, share: 0.1 },
    { name: "Scan", calls: 1, total: 0, mean: 0, share: 0 },
  ]);
  assertEquals(summarize(EVENTS, "name").map(({ name, calls, total }) => [name, calls, total]), [
    ["a/MatMul", 2, 70],
    ["b/MatMul", 1, 20],
    ["a/Add", 1, 10],
    ["b/Scan", 1, 0],
  ]);
  assertEquals(summarize([]), []);
  assertEquals(summarize([event("n", "Add", 0, 0)]), [{ name: "Add", calls: 1, total: 0, mean: 0, share: 0 }]);
});

Deno.test("the shares of a real profile add up to one", () => {
  const program = load(denseModel());
  run(program, 200);
  const rows = summarize(program.endProfile().events);
  program.releaseSync();
  assertEquals(rows.map(({ name, calls }) => `${name} ${calls}`).sort(), ["Add 200", "MatMul 200", "Relu 200"]);
  assertAlmostEquals(rows.reduce((sum, { share }) => sum + share, 0), 1, 1e-12);
});

Deno.test("a summary is written as an aligned table", () => {
  assertEquals(
    renderProfile(summarize(EVENTS)),
    [
      "operator  calls  total us  mean us  share",
      "MatMul        3        90     30.0  90.0%",
      "Add           1        10     10.0  10.0%",
      "Scan          1         0      0.0   0.0%",
      "",
    ].join("\n"),
  );
  assertStringIncludes(renderProfile(summarize([event("a\nb", "", 0, 1)], "name"), "node"), "node  calls");
  assertEquals(
    renderProfile(summarize([event("a\nb\x1b[0m", "", 0, 1)], "name")).split("\n")[1]!.slice(0, 8),
    "a b [0m ",
  );
});

Deno.test("a Chrome trace names its process and threads and counts from the first event", () => {
  const second = [event("c", "Relu", 90, 5)];
  const trace = chromeTrace(
    [{ name: "worker 0", events: EVENTS.slice(0, 1) }, { name: "worker 1", events: second }],
    "p",
  );
  const node = { ph: "X", cat: "node", pid: 1 } as const;
  assertEquals(JSON.parse(JSON.stringify(trace)), {
    displayTimeUnit: "ms",
    traceEvents: [
      { ph: "M", name: "process_name", pid: 1, tid: 0, args: { name: "p" } },
      { ph: "M", name: "thread_name", pid: 1, tid: 1, args: { name: "worker 0" } },
      { ...node, name: "a/MatMul", tid: 1, ts: 10, dur: 30, args: { operator: "MatMul", provider: "CPU" } },
      { ph: "M", name: "thread_name", pid: 1, tid: 2, args: { name: "worker 1" } },
      { ...node, name: "c", tid: 2, ts: 0, dur: 5, args: { operator: "Relu", provider: "CPU" } },
    ],
  });
  assertEquals(chromeTrace([]).traceEvents.length, 1);
});
