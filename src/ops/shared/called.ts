/** A function under a name that says what it was made with: `l2(0.01)`, as configurations print it. */
export function called<F extends (...args: never[]) => unknown>(name: string, f: F): F {
  return Object.defineProperty(f, "name", { value: name });
}
