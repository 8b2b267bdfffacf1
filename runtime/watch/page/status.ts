import { lastOf, type Run } from "./run.js";
import { duration } from "./words.js";

/** Whether a run goes on, as far as its log says. */
export type State = "running" | "pausing" | "paused" | "stopping" | "ended";

export function stateOf(run: Run): State {
  if (run.end) return "ended";
  const event = run.events.findLast(({ event }) => event !== "saved" && event !== "failed")?.event;
  return event === "pausing" || event === "paused" || event === "stopping" ? event : "running";
}

/** Which part of the epochs has been trained. */
export function partOf({ begun, steps, epochs }: Run): number {
  const last = steps.at(-1);
  const ended = epochs.at(-1)?.epoch ?? begun.before;
  const within = last && last.epoch > ended && last.total ? Math.min(1, last.step / last.total) : 0;
  return Math.min(1, (ended - begun.before + within) / Math.max(1, begun.epochs - begun.before));
}

/** A run in a sentence. */
export function statusOf(run: Run, isSilent: boolean): string {
  const state = stateOf(run);
  const { begun, steps, epochs, end } = run;
  const last = lastOf(run);
  const after = last ? `after ${last.steps.toLocaleString("en")} steps, ${duration(last.seconds)}` : "first step";
  if (end)
    return `${{ done: "Done", stopped: "Stopped", interrupted: "Interrupted", failed: "Failed" }[end.how]} ${after}`;
  const at = steps.at(-1);
  const epoch = Math.max(at?.epoch ?? 0, (epochs.at(-1)?.epoch ?? begun.before) + (epochs.length > 0 ? 0 : 1));
  const place = `epoch ${epoch}/${begun.epochs}, ${after}`;
  if (isSilent) return `No word from it: ${place}`;
  const words = { running: "Training", pausing: "Pausing", paused: "Paused", stopping: "Stopping" };
  const part = partOf(run);
  const left =
    state === "running" && last && part > 0.02 ? `, about ${duration((last.seconds / part) * (1 - part))} left` : "";
  return `${words[state as keyof typeof words]}: ${place}${left}`;
}
