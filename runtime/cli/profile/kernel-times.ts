/** A kernel that TensorFlow's executor has run: where in the graph, on which thread and when, in microseconds. */
export interface KernelRun {
  readonly node: string;
  readonly kernel: string;
  readonly thread: number;
  readonly start: number;
  readonly duration: number;
}

const line =
  /^I\d+ \S+?:(\d+\.\d+)\s+(\d+) executor\.cc:\d+\] (Process node|Synchronous kernel done|Async kernel done): (\d+) step (\d+) \{\{node (\S+)\}\} = (\w+)/;

/** The kernels that the executor's log tells of, in the order of their ends; without those that a loop's end passes by as dead. */
export function kernelRuns(log: string): KernelRun[] {
  const begun = new Map<string, number>();
  const runs: KernelRun[] = [];
  for (const text of log.split("\n")) {
    const [, seconds, thread, what, place, step, node, kernel] = line.exec(text) ?? [];
    if (seconds === undefined || text.includes(" is dead")) continue;
    const now = Number(seconds) * 1e6;
    const key = `${place} ${step}`;
    if (what === "Process node") {
      begun.set(key, now);
      continue;
    }
    const start = begun.get(key);
    if (start === undefined) continue;
    begun.delete(key);
    runs.push({ node: node!, kernel: kernel!, thread: Number(thread), start, duration: now - start });
  }
  return runs;
}

/** The layer, the loss or the metric that a node of a step is in; nothing for what is around them. */
export function layerOf({ node }: KernelRun): string {
  const parts = node.split("/");
  const step = parts.indexOf("train");
  const within = step < 0 ? [] : parts.slice(step + 1, -1);
  // What enters a loop is named after what it enters for.
  const entering = within.indexOf("Enter");
  return (entering < 0 ? within : within.slice(0, entering)).join("/");
}

/** A part of a step's time. */
export interface Share {
  readonly name: string;
  readonly runs: number;
  readonly microseconds: number;
}

/** How much time what has one name took together, the most first. */
export function sharesBy(runs: readonly KernelRun[], nameOf: (run: KernelRun) => string): Share[] {
  const shares = new Map<string, { runs: number; microseconds: number }>();
  for (const run of runs) {
    const share = shares.get(nameOf(run)) ?? { runs: 0, microseconds: 0 };
    shares.set(nameOf(run), { runs: share.runs + 1, microseconds: share.microseconds + run.duration });
  }
  return [...shares]
    .map(([name, share]) => ({ name, ...share }))
    .sort((a, b) => b.microseconds - a.microseconds || (a.name < b.name ? -1 : 1));
}

/** The runs as Chrome's trace format has them, which Perfetto opens: times in microseconds from the first. */
export function traceOf(runs: readonly KernelRun[]): object {
  const first = runs.reduce((least, { start }) => Math.min(least, start), Infinity);
  const traceEvents = runs.map(({ node, kernel, thread, start, duration }) => ({
    ...{ name: kernel, cat: "kernel", ph: "X", pid: 1, tid: thread },
    ts: Math.round(start - first),
    dur: Math.round(duration),
    args: { node },
  }));
  return { traceEvents, displayTimeUnit: "ms" };
}
