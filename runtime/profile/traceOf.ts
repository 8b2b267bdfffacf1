import { aRecord, checkOption, required } from "../../src/ir/options.js";
import type { Profile } from "./profile.js";

/** A trace in Chrome's format, which Perfetto opens. */
export interface Trace {
  readonly displayTimeUnit: "ms";
  readonly traceEvents: readonly object[];
}

const aProfile = {
  takes: "what await session.profile() gives",
  accepts: (value: unknown) => aRecord.accepts(value) && Array.isArray((value as Profile).runs),
};

/**
 * The kernels of a step as a trace: written as JSON, https://ui.perfetto.dev and Chrome's tracing open it, with a row for each thread.
 *
 * @throws SW_VALUE when the profile is none, such as one that was not awaited
 * @example
 * import { writeFileSync } from "node:fs";
 * writeFileSync("step.json", JSON.stringify(traceOf(await session.profile())));
 */
export function traceOf(profile: Profile): Trace {
  checkOption("traceOf", "profile", profile, required(aProfile));
  const traceEvents = profile.runs.map(({ node, kernel, layer, thread, start, duration }) => ({
    ...{ name: kernel, cat: "kernel", ph: "X", pid: 1, tid: thread },
    ...{ ts: Math.round(start), dur: Math.round(duration), args: { node, layer } },
  }));
  return { traceEvents, displayTimeUnit: "ms" };
}
