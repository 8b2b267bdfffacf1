import type { NdArray } from "../../src/ir/array.js";
import type { Reports } from "./totals.js";

/**
 * What happened in training: for each epoch the loss and the metrics over its samples, as they were trained on. Where training went on from a
 * backup, these are the epochs from there on.
 */
export interface History<R = unknown> {
  /** The numbers of the epochs, from 1, counted over all calls of a session. */
  readonly epoch: readonly number[];
  readonly seconds: readonly number[];
  readonly steps: number;
  /** Why a callback ended training, where one did. */
  readonly stopped?: string;
  readonly history: { readonly [K in "loss" | (keyof R & string)]: readonly ReportOf<R, K>[] } & {
    readonly [K in "loss" | (keyof R & string) as `val_${K}`]?: readonly ReportOf<R, K>[];
  };
}

/** What is reported under a key: of the loss a number, of a metric what it gives. */
export type ReportOf<R, K> = K extends keyof R ? R[K] : number;

/**
 * What is reported of an epoch, as callbacks see it.
 *
 * @typeParam R what the metrics report
 */
export type EpochReports<R> = { readonly [K in "loss" | (keyof R & string)]: ReportOf<R, K> } & {
  readonly [K in "loss" | (keyof R & string) as `val_${K}`]?: ReportOf<R, K>;
};

/** The names of what is reported as numbers. */
export type MonitoredBy<R> = {
  [K in "loss" | (keyof R & string)]: ReportOf<R, K> extends number ? K | `val_${K}` : never;
}["loss" | (keyof R & string)];

/**
 * Keeps what is reported, epoch by epoch.
 *
 * @param names what is reported of every epoch, so that it is there where none passes
 */
export function historyKeeper(names: readonly string[]) {
  const record = { epoch: [] as number[], seconds: [] as number[] };
  const history = new Map(names.map((name): [string, (number | NdArray)[]] => [name, []]));
  return {
    add(epoch: number, reports: Reports, seconds: number) {
      record.epoch.push(epoch);
      record.seconds.push(seconds);
      for (const [name, value] of Object.entries(reports)) {
        const values = history.get(name) ?? [];
        history.set(name, values);
        values.push(value);
      }
    },
    finish(steps: number, stopped: string | undefined): History {
      const why = stopped === undefined ? {} : { stopped };
      return { ...record, history: Object.fromEntries(history), steps, ...why } as unknown as History;
    },
  };
}
