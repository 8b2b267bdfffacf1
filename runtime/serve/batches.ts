import { setImmediate } from "node:timers/promises";
import type { NdArray } from "../../src/ir/array.js";
import { joinRows, rowsBetween } from "../data/rows.js";
import type { InputArrays } from "../data/samples.js";

type OutputArrays = Readonly<Record<string, NdArray>>;

export interface BatchSettings {
  /** How many samples of several requests go through the model at once. */
  readonly maxBatch: number;
  /** How many milliseconds a sample waits for others. */
  readonly maxDelay: number;
  /** Told of the samples of each batch, when it has run. */
  readonly onBatch?: (samples: number) => void;
}

/** A request that waits. */
interface Waiting {
  readonly inputs: InputArrays;
  readonly samples: number;
  readonly signal: AbortSignal;
  readonly resolve: (outputs: OutputArrays) => void;
  readonly reject: (error: unknown) => void;
}

/** Requests whose samples have the same shapes. */
interface Line {
  readonly waiting: Waiting[];
  samples: number;
  timer?: NodeJS.Timeout;
}

/** Of several requests, none ends the batch. */
const never = new AbortController();

/**
 * Puts the samples of requests that come together through a model together, and gives each request its own answers. Batches run one after
 * another. Where one fails, each of its requests runs by itself, so that it fails alone.
 */
export function batches(
  predict: (inputs: InputArrays, signal: AbortSignal) => Promise<OutputArrays>,
  { maxBatch, maxDelay: usualDelay, onBatch }: BatchSettings,
): {
  /** How many samples wait for others, or for the model. */
  waiting(): number;
  /** From now on, none waits for others. */
  hurry(): void;
  predict(inputs: InputArrays, signal: AbortSignal): Promise<OutputArrays>;
} {
  const lines = new Map<string, Line>();
  let maxDelay = usualDelay;
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();

  const run = async (together: readonly Waiting[]) => {
    const wanted = together.filter(({ signal }) => !signal.aborted);
    if (wanted.length === 0) return;
    const total = wanted.reduce((sum, { samples }) => sum + samples, 0);
    try {
      const { signal } = wanted.length === 1 ? wanted[0]! : never;
      const outputs = await predict(joined(wanted.map(({ inputs }) => inputs)), signal);
      onBatch?.(total);
      let begin = 0;
      for (const { samples, resolve } of wanted) {
        resolve(wanted.length === 1 ? outputs : mapArrays(outputs, (all) => rowsBetween(all, begin, begin + samples)));
        begin += samples;
      }
    } catch (error) {
      if (wanted.length === 1) wanted[0]!.reject(error);
      else for (const one of wanted) await run([one]);
    }
  };

  const flush = (key: string) => {
    const line = lines.get(key);
    if (!line) return;
    clearTimeout(line.timer);
    lines.delete(key);
    last = last.then(async () => {
      waiting -= line.samples;
      await run(line.waiting);
      // Answers are sent, and who has gone or waited too long is noticed, before the model is asked again.
      await setImmediate();
    });
  };

  return {
    waiting: () => waiting,
    hurry() {
      maxDelay = 0;
      for (const key of [...lines.keys()]) flush(key);
    },
    predict: (inputs, signal) =>
      new Promise((resolve, reject) => {
        const samples: number = Object.values(inputs)[0]!.shape[0];
        const key = JSON.stringify(Object.values(inputs).map(({ shape }) => shape.slice(1)));
        // One that does not fit beside those that wait comes after them.
        if ((lines.get(key)?.samples ?? 0) + samples > maxBatch) flush(key);
        const line = lines.get(key) ?? { waiting: [], samples: 0 };
        line.waiting.push({ inputs, samples, signal, resolve, reject });
        line.samples += samples;
        waiting += samples;
        lines.set(key, line);
        if (line.samples >= maxBatch) flush(key);
        else line.timer ??= setTimeout(() => flush(key), maxDelay);
      }),
  };
}

function joined(all: readonly InputArrays[]): InputArrays {
  if (all.length === 1) return all[0]!;
  return Object.fromEntries(Object.keys(all[0]!).map((name) => [name, joinRows(all.map((inputs) => inputs[name]!))]));
}

function mapArrays(arrays: OutputArrays, change: (array: NdArray) => NdArray): OutputArrays {
  return Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, change(array)]));
}
