/**
 * Several calls that Ctrl-C ends, or one that waits.
 *
 *     interrupted-together.ts FOLDER WAY [again]
 *
 * WAY is "two" for two calls at once, "within" for one in a callback of another, "waiting" and "first" for a source that gives no third or no
 * first batch. "again" interrupts nothing.
 */
import { join } from "node:path";
import { setImmediate, setTimeout } from "node:timers/promises";
import { array } from "shapewright";
import { open } from "shapewright/runtime";
import { halvingLine } from "../support/halvingLine.js";

const [folder, way, again] = process.argv.slice(2) as [string, string, string?];
const [program, count] = [halvingLine(), 8];
const x = array(new Float32Array(count).fill(1), [count, 1]);
const openOne = () => open(program, { backend: "reference" });
const settings = (name: string) => ({ verbose: 0, batchSize: 1, backup: join(folder, `${name}.safetensors`) }) as const;
const interrupt = () => void (again || process.kill(process.pid, "SIGINT"));

/** Batches until one is waited for that does not come. */
async function* batches(enough: number) {
  for (let given = 0; given < count; given++) {
    if (given === enough && !again) {
      interrupt();
      for (;;) await setTimeout(1000);
    }
    yield { inputs: { x: array(new Float32Array(1), [1, 1]) }, target: array(new Float32Array(1), [1, 1]) };
  }
}

const [one, other] = [await openOne(), await openOne()];
switch (way) {
  case "two":
    await Promise.all([
      one.fit({ x }, x, {
        ...settings("a"),
        callbacks: [{ onTrainBatchEnd: ({ step }) => (step === 3 ? interrupt() : setImmediate()) }],
      }),
      other.fit({ x }, x, { ...settings("b"), callbacks: [{ onTrainBatchEnd: () => setTimeout(20) }] }),
    ]);
    break;
  case "within":
    await one.fit({ x }, x, {
      ...settings("a"),
      epochs: 2,
      callbacks: [
        {
          async onEpochEnd() {
            await other.fit({ x }, x, {
              ...settings("b"),
              callbacks: [{ onTrainBatchEnd: ({ step }) => step === 1 && interrupt() }],
            });
          },
        },
      ],
    });
    break;
  case "waiting":
  case "first":
    await one.fitBatches(() => batches(way === "waiting" ? 2 : 0), { ...settings("a"), epochs: 2 });
    break;
}
one[Symbol.dispose]();
other[Symbol.dispose]();
