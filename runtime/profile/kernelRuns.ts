/** A kernel that TensorFlow's executor has run: where in the graph, on which thread and when, in microseconds. */
export interface KernelRun {
  /** The node of TensorFlow's graph. */
  readonly node: string;
  /** What TensorFlow calls it: `"MatMul"`. */
  readonly kernel: string;
  /** The layer, the loss or the metric that it is in; `""` for what is around them. */
  readonly layer: string;
  readonly thread: number;
  /** When it began, from the first one's beginning on. */
  readonly start: number;
  readonly duration: number;
}

const line =
  /^I\d+ \S+?:(\d+\.\d+)\s+(\d+) executor\.cc:\d+\] (Process node|Synchronous kernel done|Async kernel done): (\d+) step (\d+) \{\{node (\S+)\}\} = (\w+)/;

/** The kernels that the executor's log tells of, in the order of their ends; without those that a loop's end passes by as dead. */
export function kernelRuns(log: readonly string[]): KernelRun[] {
  const begun = new Map<string, number>();
  const runs: KernelRun[] = [];
  for (const text of log) {
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
    const duration = now - start;
    runs.push({ node: node!, kernel: kernel!, layer: layerOf(node!), thread: Number(thread), start, duration });
  }
  const first = runs.reduce((least, { start }) => Math.min(least, start), Infinity);
  return runs.map((run) => ({ ...run, start: run.start - first }));
}

/** The layer, the loss or the metric that a node of a step is in; nothing for what is around them. */
export function layerOf(node: string): string {
  const parts = node.split("/");
  const step = parts.indexOf("train");
  const within = step < 0 ? [] : parts.slice(step + 1, -1);
  // What enters a loop is named after what it enters for; what a function has made, is told of its layer.
  const end = within.findIndex((part) => part === "Enter" || /^in\.\w/.test(part));
  return (end < 0 ? within : within.slice(0, end)).join("/");
}
