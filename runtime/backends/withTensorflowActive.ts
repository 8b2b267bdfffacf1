import type { Tfjs } from "../native/index.js";

/** tfjs-node counts what a session or a kernel returns on the backend that is active, so it has to be this one for the call. */
export function withTensorflowActive<R>(tf: Tfjs, run: () => R): R {
  const active = tf.engine().backendName;
  if (active === "tensorflow") return run();
  // Of a backend that has started, these set it at once; what they promise is of no use here.
  void tf.setBackend("tensorflow");
  try {
    return run();
  } finally {
    void tf.setBackend(active);
  }
}
