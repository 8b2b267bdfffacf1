import { Worker } from "node:worker_threads";

/** How long nothing is said, and then how long each picture stands, in milliseconds. */
const [quiet, each] = [1000, 80];

/** How long a picture that is just being written is waited for, in milliseconds: a terminal that is held by Ctrl-S takes none. */
const longest = 200;

/**
 * What runs in a thread of its own, since the work that is waited for keeps this one from drawing. `state` says whether it is over, whether
 * somebody writes, and whether anything may have been drawn.
 */
const drawing = `
const { workerData: { state, text, quiet, each } } = require("node:worker_threads");
const { writeSync } = require("node:fs");
const pictures = [..."⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"];
for (let i = 0, wait = quiet; Atomics.wait(state, 0, 0, wait) === "timed-out"; i++, wait = each) {
  if (Atomics.compareExchange(state, 1, 0, 1) !== 0) break;
  state[2] = 1;
  try {
    writeSync(2, "\\r" + pictures[i % pictures.length] + " " + text);
  } catch {
    // The terminal is full, or gone: nobody misses a picture.
  } finally {
    Atomics.store(state, 1, 0);
    Atomics.notify(state, 1);
  }
}`;

/** Says what is waited for, once that has taken a second, on a terminal only; until anything else is written, or what it returns is called. */
export function spinning(text: string): () => void {
  if (!process.stderr.isTTY || process.env.TERM === "dumb" || process.env.CI) return () => {};
  const state = new Int32Array(new SharedArrayBuffer(12));
  const width = (process.stderr.columns || 80) - 3;
  const worker = new Worker(drawing, {
    eval: true,
    execArgv: [],
    workerData: { state, text: text.slice(0, width), quiet, each },
  });
  worker.unref();
  // Without it, there are no pictures.
  worker.on("error", () => {});
  const streams = [process.stdout, process.stderr];
  const writes = streams.map((stream) => stream.write);
  const stop = () => {
    if (state[0] === 1) return;
    state[0] = 1;
    Atomics.notify(state, 0);
    // Else it holds this for as long as one picture takes to be written, and writes no further one.
    if (Atomics.compareExchange(state, 1, 0, 1) !== 0) Atomics.wait(state, 1, 1, longest);
    streams.forEach((stream, i) => {
      stream.write = writes[i]!;
    });
    if (state[2] === 1) process.stderr.write("\r\x1b[K");
  };
  streams.forEach((stream, i) => {
    stream.write = ((...given: Parameters<typeof stream.write>) => {
      stop();
      return writes[i]!.apply(stream, given);
    }) as typeof stream.write;
  });
  return stop;
}
