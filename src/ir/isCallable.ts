/** Whether a value is a function that can be called: a class can be made alone, by new. */
export function isCallable(value: unknown): value is (...args: any[]) => any {
  return typeof value === "function" && !isClass(value);
}

/** Whether a function is a class, as JavaScript prints it: a method may be called so, too, `class(x) {}`, but has no prototype. A proxy prints as what has no name. */
export function isClass(value: object): boolean {
  const isFixed = Object.getOwnPropertyDescriptor(value, "prototype")?.writable === false;
  return isFixed && /^class|^function \(\) \{ \[native code\] \}$/.test(Function.prototype.toString.call(value));
}
