/**
 * A function under a name that says what it is, as messages, traces of calls and configurations print it: `mean`, or what it was made
 * with, `l2(0.01)`.
 */
export function called<F extends (...args: never[]) => unknown>(name: string, f: F): F {
  return Object.defineProperty(f, "name", { value: name });
}
