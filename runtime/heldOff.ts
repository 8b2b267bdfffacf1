/** What a command knows of the file that it loads. Another copy of this package may be the one that the file imports. */
export interface LoadedFile {
  /** Takes note that the file trains: `trace` tells from where. */
  holdOff(trace: string): void;
}

/** What `getStore` gives is there in all that a file does when a command loads it, and nowhere else. */
interface Loading {
  getStore(): LoadedFile | undefined;
}

export const loadingKey = Symbol.for("shapewright.loading");

/**
 * Waits for ever where a command, such as `summary`, loads the file that this is called from: it looks at what the file exports,
 * and trains nothing. Anywhere else it does nothing.
 */
export async function heldOff(): Promise<void> {
  const file = (globalThis as { readonly [loadingKey]?: Loading })[loadingKey]?.getStore();
  if (!file) return;
  file.holdOff(new Error().stack ?? "");
  await new Promise<never>(() => {});
}
