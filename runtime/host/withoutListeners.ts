const events = ["uncaughtException", "unhandledRejection"] as const;

/**
 * Runs what starts a library, and takes away the listeners that it leaves for uncaught errors: they throw these again, so that Node.js
 * would print the line of the library that does, which in WebAssembly's case is all of it, in place of the program's.
 */
export async function withoutListeners<R>(start: () => Promise<R>): Promise<R> {
  const before = events.map((event) => new Set(process.rawListeners(event)));
  try {
    return await start();
  } finally {
    for (const [i, event] of events.entries()) {
      for (const listener of process.rawListeners(event)) {
        if (!before[i]!.has(listener) && throwsAgain(listener)) process.off(event, listener as () => void);
      }
    }
  }
}

/** Whether a listener is one that Emscripten writes into what it compiles. Others may have come meanwhile. */
function throwsAgain(listener: unknown): boolean {
  const written = String(listener).replace(/\s|;/g, "");
  return /^function\((\w+)\)\{(if\(!\(\1instanceofExitStatus\)\)\{throw\1\}|throw\1)\}$/.test(written);
}
