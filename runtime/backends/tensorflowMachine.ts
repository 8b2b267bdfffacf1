import type { Tfjs } from "../native/index.js";
import type { Machine } from "./machine.js";
import { tfjsMachine } from "./tfjs.js";
import { withTensorflowActive } from "./withTensorflowActive.js";

/** Runs single ops by tfjs-node's kernels. */
export function tensorflowMachine(tf: Tfjs): Machine<unknown> {
  const machine = tfjsMachine("tensorflow", tf) as Machine<unknown>;
  return { ...machine, run: (...call) => withTensorflowActive(tf, () => machine.run(...call)) };
}
