import type { Machine } from "../backends/interpreter.js";
import { bestBackend, nativeFor, type OpenOptions, unknownBackend } from "../load.js";
import { setThreads } from "../threads.js";

/** What runs single ops on a backend; native TensorFlow's by tfjs-node's kernels. */
export async function machineFor({ backend, threads }: OpenOptions): Promise<Machine<unknown>> {
  if (threads !== undefined) setThreads(threads);
  const name = backend ?? (await bestBackend());
  switch (name) {
    case "tensorflow": {
      const { tf } = await nativeFor("eager");
      const { tfjsMachine } = await import("../backends/tfjs.js");
      const { withTensorflowActive } = await import("../backends/withTensorflowActive.js");
      const machine = tfjsMachine("tensorflow", tf) as Machine<unknown>;
      return {
        ...machine,
        run: (...call) => withTensorflowActive(tf, () => machine.run(...call)),
      };
    }
    case "wasm":
    case "cpu":
      return (await (await import("../backends/portable.js")).startPortable(name)) as Machine<unknown>;
    case "reference":
      return (await import("../backends/reference.js")).referenceMachine as Machine<unknown>;
    default:
      throw unknownBackend("eager", name);
  }
}
