/** Whether a value is a function that can be called: a class can be made alone, by new. */
export function isCallable(value: unknown): value is (...args: any[]) => any {
  return typeof value === "function" && !isClass(value);
}

/** Whether a function is a class, as JavaScript prints it: a method may be called so, too, `class(x) {}`. */
export function isClass(value: object): boolean {
  return /^class[\s{]/.test(Function.prototype.toString.call(value));
}
