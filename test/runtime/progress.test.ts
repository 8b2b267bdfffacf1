import { describe, expect, test } from "vitest";
import { reporter } from "../../runtime/fit/progress.js";
import { progressLine } from "../../runtime/host/progressLine.js";

/** A stream that keeps what is written to it. */
function keeping(isTTY: boolean) {
  const written: string[] = [];
  const stream = { isTTY, columns: 100, written, write: (text: string) => written.push(text) };
  return stream;
}

const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;

test("elsewhere than on a terminal, a line per epoch", () => {
  const stream = keeping(false);
  const report = reporter("auto", 2, stream);
  for (const epoch of [1, 2]) {
    report.begin(epoch, 10);
    report.advance(5, { loss: 1 });
    report.advance(10, { loss: 1 });
    report.end({ loss: 0.5 / epoch, accuracy: 0.75 }, 1.26);
  }
  report.stop();
  expect(stream.written).toEqual([
    "Epoch 1/2: loss 0.5000, accuracy 0.7500 (10 steps, 1.3 s)\n",
    "Epoch 2/2: loss 0.2500, accuracy 0.7500 (10 steps, 1.3 s)\n",
  ]);
});

test("on a terminal, a line about an epoch is broken between metrics", () => {
  const reports = { loss: 2.31, digit_loss: 2.3, digit_accuracy: 0.1, parity_loss: 0.01, parity_accuracy: 0.5 };
  const linesAt = (columns: number) => {
    const stream = { ...keeping(true), columns };
    const bar = reporter("bar", 1, stream);
    bar.begin(1, 8);
    bar.advance(8, reports);
    bar.end(reports, 0.1);
    bar.stop();
    return stream.written.at(-1);
  };
  expect(linesAt(80)).toBe(
    "Epoch 1/1: loss 2.3100, digit_loss 2.3000, digit_accuracy 0.1000,\n" +
      "  parity_loss 0.0100, parity_accuracy 0.5000 (8 steps, 0.1 s)\n",
  );
  expect(linesAt(40)).toBe(
    "Epoch 1/1: loss 2.3100,\n  digit_loss 2.3000,\n  digit_accuracy 0.1000,\n" +
      "  parity_loss 0.0100,\n  parity_accuracy 0.5000\n  (8 steps, 0.1 s)\n",
  );
});

test("of an epoch that a callback has ended, the steps that were taken", () => {
  const stream = keeping(false);
  const report = reporter("lines", 1, stream);
  report.begin(1, 10);
  report.advance(4, { loss: 1 });
  report.end({ loss: 1 }, 0.5);
  expect(stream.written).toEqual(["Epoch 1/1: loss 1.0000 (4 steps, 0.5 s)\n"]);
});

test("as JSON, a record per epoch, whatever its metrics are", () => {
  const stream = keeping(true);
  const report = reporter("json", 2, stream);
  report.begin(1, 10);
  report.advance(10, { loss: 1 });
  report.end({ loss: 0.5, hits: { shape: [2], dtype: "float32", data: Float32Array.of(1, 2) }, val_loss: NaN }, 1.5);
  expect(stream.written).toEqual([
    '{"epoch":1,"epochs":2,"steps":10,"seconds":1.5,"loss":0.5,"hits":[1,2],"val_loss":null}\n',
  ]);
});

describe("the line of an epoch under way", () => {
  const reports = { loss: 0.29312, accuracy: 0.91541, auc: 0.98765, confusion: new Float32Array(4) };
  const running = { epoch: 3, epochs: 10, steps: 120, total: 468, reports, stepsPerSecond: 62.4, doing: undefined };

  test.each([
    [
      120,
      {},
      "Epoch 3/10: loss 0.2931, accuracy 0.9154, auc 0.9877 [======------------------] 120/468, 62 steps/s, 6 s left",
    ],
    [100, {}, "Epoch 3/10: loss 0.2931, accuracy 0.9154, auc 0.9877 [==------] 120/468, 62 steps/s, 6 s left"],
    [79, {}, "Epoch 3/10: loss 0.2931, accuracy 0.9154, auc 0.9877 120/468, 6 s left"],
    [65, {}, "Epoch 3/10: loss 0.2931, accuracy 0.9154, auc 0.9877 120/468"],
    [56, {}, "Epoch 3/10: loss 0.2931, accuracy 0.9154, auc 0.9877"],
    [50, {}, "3/10: loss 0.2931, accuracy 0.9154, auc 0.9877"],
    [39, {}, "3/10: loss 0.2931, accuracy 0.9154"],
    [20, {}, "3/10: loss 0.2931"],
    [10, {}, "3/10"],
    [120, { steps: 0, doing: "first step" as const }, "Epoch 3/10: first step…"],
    [79, { doing: "validation" as const }, "Epoch 3/10: loss 0.2931, accuracy 0.9154, auc 0.9877 validation"],
    [79, { total: undefined }, "Epoch 3/10: loss 0.2931, accuracy 0.9154, auc 0.9877 120 steps, 62 steps/s"],
    [
      120,
      { stepsPerSecond: 0.0421 },
      "Epoch 3/10: loss 0.2931, accuracy 0.9154, auc 0.9877 [======------------------] 120/468, 0.042 steps/s, 2:17:46 h left",
    ],
    [
      120,
      { stepsPerSecond: 3.3 },
      "Epoch 3/10: loss 0.2931, accuracy 0.9154, auc 0.9877 [======------------------] 120/468, 3.3 steps/s, 1:45 min left",
    ],
  ])("in %i columns %j", (columns, change, line) => {
    const shown = progressLine({ ...running, ...change }, columns);
    expect(shown).toBe(line);
    expect(shown.length).toBeLessThanOrEqual(columns);
  });

  test("the bar has its room before the speed is known", () => {
    const widths = [undefined, 62.4].map((stepsPerSecond) => {
      const line = progressLine({ ...running, reports: { loss: 1 }, stepsPerSecond }, 79);
      return /\[(.*)\]/.exec(line)?.[1]?.length;
    });
    expect(widths).toEqual([16, 16]);
  });
});

test("silence is silent", () => {
  const stream = keeping(true);
  const report = reporter("silent", 1, stream);
  report.begin(1, 10);
  report.end({ loss: 1 }, 1);
  expect(stream.written).toEqual([]);
});

test("a bar that is stopped in the middle of an epoch leaves nothing running", () => {
  const before = timers();
  const report = reporter("bar", 1, { ...keeping(true), cursorTo: () => {}, clearLine: () => {} } as never);
  report.begin(1, 10);
  report.advance(5, { loss: 1 });
  report.stop();
  expect(timers()).toBe(before);
});
