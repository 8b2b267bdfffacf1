/**
 * An `AbortSignal`. The name is a browser's and Node.js's: who has the types of neither, as a project without "dom" and
 * without @types/node, has what is asked of one here, so that declarations hold by themselves.
 */
export type Signal = typeof globalThis extends { AbortSignal: { prototype: infer S } } ? S : MinimalSignal;

interface MinimalSignal {
  readonly aborted: boolean;
  readonly reason: any;
  throwIfAborted(): void;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}
