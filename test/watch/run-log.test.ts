import { afterEach, expect, test, vi } from "vitest";
import type { Training } from "../../runtime/callbacks/callback.js";
import type { Totals } from "../../runtime/fit/totals.js";
import { RunLog } from "../../runtime/fit/watch/runLog.js";

afterEach(() => vi.restoreAllMocks());

test("steps are written about once a second, and nothing is read from the backend for others", () => {
  const clock = vi.spyOn(performance, "now").mockReturnValue(0);
  const log = new RunLog(() => {});
  let read = 0;
  const training = {
    epoch: 1,
    get learningRate() {
      return ++read;
    },
  } as Training;
  const totals = { steps: 1, sums: {}, since: () => ({ steps: 1, samples: 1, reports: {} }) };
  log.beginEpoch(totals as unknown as Totals, 10);
  const reads = [0, 100, 999, 1000, 1001, 1999, 2000].map((time) => {
    clock.mockReturnValue(time);
    log.writeSteps(training);
    return read;
  });
  expect(reads).toEqual([1, 1, 1, 2, 2, 2, 3]);
});
