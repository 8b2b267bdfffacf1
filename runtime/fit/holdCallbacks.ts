import { ShapewrightError } from "../../src/ir/errors.js";
import type { Callback } from "../callbacks/callback.js";

/** What is in a call that is under way. */
const held = new WeakSet<object>();

/**
 * Keeps callbacks for one call, for as long as it is under way: what one remembers is of one run. Those that do not say that they begin or end
 * with a run, or remember anything, may be in several.
 *
 * @returns what lets them go
 * @throws SW_VALUE for one that is in another call, or stands twice in this one
 */
export function holdCallbacks(op: string, callbacks: readonly Callback<any, string>[]): () => void {
  const own = callbacks.filter(({ onTrainBegin, onTrainEnd, state }) => onTrainBegin ?? onTrainEnd ?? state);
  for (const [place, callback] of callbacks.entries()) {
    if (!own.includes(callback)) continue;
    const which = `callbacks[${place}]${callback.name === undefined ? "" : ` (${callback.name})`}`;
    const before = callbacks.indexOf(callback);
    const refuse = (where: string, mend: string) =>
      new ShapewrightError("SW_VALUE", `${op}: ${which} is ${where}; what it remembers is of one run: ${mend}`, op);
    if (held.has(callback)) throw refuse("in another call that is under way", "make one for each call");
    if (before < place) throw refuse(`callbacks[${before}], too`, "leave one out, or make two");
  }
  for (const callback of own) held.add(callback);
  return () => {
    for (const callback of own) held.delete(callback);
  };
}
