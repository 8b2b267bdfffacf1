import type { Host } from "./host.js";

/** A browser, a worker of its, or anything else that is not Node.js. */
export const host: Host = {
  // A timer would wait for 4 ms and, in a page that is not seen, for a second.
  pause: () =>
    new Promise<void>((resolve) => {
      const { port1, port2 } = new MessageChannel();
      // Node's types of a port do not have what browsers have.
      Object.assign(port1, {
        onmessage() {
          port1.close();
          resolve();
        },
      });
      port2.postMessage(undefined);
    }),
  reports: { write: (text) => console.info(text.trimEnd()) },
};
