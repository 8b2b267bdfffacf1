/** Listens for Ctrl-C, unless the program itself does. A second one ends the process at once, as it would have ended without. */
export function onInterruption(act: () => void): () => void {
  if (process.listenerCount("SIGINT") > 0) return () => {};
  process.once("SIGINT", act);
  return () => process.off("SIGINT", act);
}

/** Ends this process as Ctrl-C does where nobody listens, so that whoever started it sees what ended it: a shell says 130. */
export function endByInterruption(): Promise<never> {
  process.kill(process.pid, "SIGINT");
  return new Promise(() => {});
}
