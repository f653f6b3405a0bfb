/**
 * What ONNX Runtime's profiler says of a session: the times of its nodes, as events, as a table and as a Chrome trace.
 *
 * @module
 */

/** One thing that took time. */
export interface ProfileEvent {
  /** A node of the graph, or something that the session did as a whole, such as loading the model or one run of it. */
  readonly kind: "node" | "session";
  /** The node's name; a node that the engine made, by fusing others or for one without a name, has one of the engine's. */
  readonly name: string;
  /** The operator, such as `MatMul`; empty for what the session did. */
  readonly operator: string;
  /** The provider of the engine that computed it, such as `CPUExecutionProvider`; empty for what the session did. */
  readonly provider: string;
  /** Microseconds since the beginning of 1970, so that events of several sessions and workers share one axis. */
  readonly start: number;
  /** Microseconds, a whole number: the engine cuts fractions off. */
  readonly duration: number;
  /** `duration` less that of the nodes that ran inside this one, as the body of a `Scan` does; 0 for `"session"`. */
  readonly ownDuration: number;
  /** What else the engine says, such as the dtypes and shapes of the inputs. */
  readonly args: Readonly<Record<string, unknown>>;
}

/** The profile of a session. */
export interface Profile {
  /** In the order in which they began. */
  readonly events: readonly ProfileEvent[];
  /** Runs that the events are of. */
  readonly runs: number;
  /** Runs that came when the profile was full and are not in it. */
  readonly omittedRuns: number;
}

/** The times of all events of one operator, or of one node. */
export interface ProfileRow {
  readonly name: string;
  readonly calls: number;
  /** Microseconds of all calls; what ran inside of them counts in its own row only. */
  readonly total: number;
  /** Microseconds of a call: `total / calls`. */
  readonly mean: number;
  /** The part of all rows' time, from 0 to 1. */
  readonly share: number;
}

/** Events that happened one inside or after the other. */
export interface TraceThread {
  /** Shown beside the events, such as the name of a worker. */
  readonly name: string;
  readonly events: readonly ProfileEvent[];
}

/** An event as about:tracing and Perfetto read it: `ts` and `dur` in microseconds; `X` has both, `M` names things. */
export interface ChromeTraceEvent {
  /** The phase: a span of time, or metadata. */
  readonly ph: "X" | "M";
  /** The node, or what is named. */
  readonly name: string;
  /** The process. */
  readonly pid: number;
  /** The thread. */
  readonly tid: number;
  /** The category: the operator. */
  readonly cat?: string;
  /** When it began, in microseconds. */
  readonly ts?: number;
  /** The time that it took, in microseconds. */
  readonly dur?: number;
  /** The text shown after it. */
  readonly args: Readonly<Record<string, unknown>>;
}

/** A trace in the Chrome trace event format, its object form; JSON once stringified. */
export interface ChromeTrace {
  /** The unit in which viewers show times. */
  readonly displayTimeUnit: "ms";
  /** The events, in any order. */
  readonly traceEvents: readonly ChromeTraceEvent[];
}

/**
 * One event as the engine writes it. A name stands there as it is, quotes and line ends not escaped, which is why this is
 * not read as JSON as a whole.
 */
const EVENT =
  /^\{"cat" : "(\w+)","pid" :-?\d+,"tid" :-?\d+,"dur" :(-?\d+),"ts" :(-?\d+),"ph" : "X","name" :"([^]*?)","args" : (\{.*\})\},?$/gm;
const NODE_SUFFIX = "_kernel_time";

/**
 * Reads what the engine wrote. `origin` is when it began to profile, in microseconds since the beginning of 1970.
 */
export function parseProfile(text: string, origin: number): ProfileEvent[] {
  const events: Writable<ProfileEvent>[] = [];
  for (const [, category, duration, start, name, args] of text.matchAll(EVENT)) {
    const isNode = category === "Node" && name!.endsWith(NODE_SUFFIX);
    const { op_name: operator = "", provider = "", ...rest } = parseArgs(args!);
    for (const [key, value] of Object.entries(rest)) if (value === "") delete rest[key];
    events.push({
      kind: isNode ? "node" : "session",
      name: isNode ? name!.slice(0, -NODE_SUFFIX.length) : name!,
      operator: String(operator),
      provider: String(provider),
      start: origin + Math.max(0, Number(start)),
      duration: Math.max(0, Number(duration)),
      ownDuration: 0,
      args: rest,
    });
  }
  // The engine writes in order of the ends. What begins together is nested: the longer one is outside.
  events.sort((a, b) => a.start - b.start || b.duration - a.duration);
  measureOwn(events.filter(({ kind }) => kind === "node"));
  return events;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

function parseArgs(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** Takes the time of each node off the node around it. Fractions are cut off, so that neighbours never overlap. */
function measureOwn(nodes: readonly Writable<ProfileEvent>[]): void {
  const around: Writable<ProfileEvent>[] = [];
  for (const node of nodes) {
    node.ownDuration = node.duration;
    while (around.length > 0 && around.at(-1)!.start + around.at(-1)!.duration <= node.start) around.pop();
    const outer = around.at(-1);
    if (outer) outer.ownDuration = Math.max(0, outer.ownDuration - node.duration);
    around.push(node);
  }
}

/**
 * Adds up the times of all nodes by operator or by name, those that took longest first. Events may come from several
 * sessions.
 */
export function summarize(events: Iterable<ProfileEvent>, by: "operator" | "name" = "operator"): ProfileRow[] {
  const sums = new Map<string, { calls: number; total: number }>();
  let all = 0;
  for (const event of events) {
    if (event.kind !== "node") continue;
    let sum = sums.get(event[by]);
    if (sum === undefined) sums.set(event[by], sum = { calls: 0, total: 0 });
    sum.calls++;
    sum.total += event.ownDuration;
    all += event.ownDuration;
  }
  const rows = Array.from(sums, ([name, { calls, total }]) => ({
    name,
    calls,
    total,
    mean: total / calls,
    share: all === 0 ? 0 : total / all,
  }));
  return rows.sort((a, b) => b.total - a.total || b.calls - a.calls || (a.name < b.name ? -1 : 1));
}

/**
 * Writes rows as a table for a terminal, with the given word over the names.
 *
 * @example
 * ```ts ignore
 * renderProfile([{ name: "MatMul", calls: 2, total: 30, mean: 15, share: 1 }]);
 * // operator  calls  total us  mean us   share
 * // MatMul        2        30     15.0  100.0%
 * ```
 */
export function renderProfile(rows: readonly ProfileRow[], heading = "operator"): string {
  const cells = [
    [heading, "calls", "total us", "mean us", "share"],
    ...rows.map(({ name, calls, total, mean, share }) => [
      // A name may hold anything; a line of the table stays one.
      // deno-lint-ignore no-control-regex -- control characters are what has to go
      name.replace(/[\x00-\x1f\x7f]/g, " "),
      String(calls),
      total.toFixed(0),
      mean.toFixed(1),
      `${(share * 100).toFixed(1)}%`,
    ]),
  ];
  const widths = cells[0]!.map((_, column) => cells.reduce((most, row) => Math.max(most, row[column]!.length), 0));
  const lines = cells.map((row) =>
    row.map((cell, column) => column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)).join("  ")
  );
  return `${lines.join("\n")}\n`;
}

/**
 * The events in the Chrome trace event format, times counted from the first event. Each of `threads` gets a line of its
 * own: events of sessions that ran at the same time, as those of two workers, belong to different ones.
 */
export function chromeTrace(threads: readonly TraceThread[], processName = "strata"): ChromeTrace {
  const pid = 1;
  const traceEvents: ChromeTraceEvent[] = [
    { ph: "M", name: "process_name", pid, tid: 0, args: { name: processName } },
  ];
  let first = Infinity;
  for (const { events } of threads) for (const { start } of events) first = Math.min(first, start);
  for (const [index, thread] of threads.entries()) {
    const tid = index + 1;
    traceEvents.push({ ph: "M", name: "thread_name", pid, tid, args: { name: thread.name } });
    for (const { kind, name, operator, provider, start, duration, args } of thread.events) {
      const ts = start - first;
      const more = kind === "node" ? { operator, provider, ...args } : args;
      traceEvents.push({ ph: "X", name, cat: kind, pid, tid, ts, dur: duration, args: more });
    }
  }
  return { displayTimeUnit: "ms", traceEvents };
}
