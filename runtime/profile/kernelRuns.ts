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

/**
 * The kernels that the executor's log tells of, in the order of their ends; without those that a loop's end passes by as dead.
 *
 * @param layers the names of the layers, the loss and the metrics that there are
 */
export function kernelRuns(log: readonly string[], layers: ReadonlySet<string>): KernelRun[] {
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
    runs.push({ node: node!, kernel: kernel!, layer: layerOf(node!, layers), thread: Number(thread), start, duration });
  }
  const first = runs.reduce((least, { start }) => Math.min(least, start), Infinity);
  return runs.map((run) => ({ ...run, start: run.start - first }));
}

/** The layer, the loss or the metric that a node of a step is in, with what its loops and functions are made of; nothing for what is around them. */
export function layerOf(node: string, layers: ReadonlySet<string>): string {
  const parts = node.split("/");
  const step = parts.indexOf("train");
  for (let end = parts.length - 1; step >= 0 && end > step + 1; end--) {
    const name = parts.slice(step + 1, end).join("/");
    if (layers.has(name)) return name;
  }
  return "";
}
