import { ts } from "ts-morph";
import { expect, test } from "vitest";
import { evaluator } from "../../runtime/lsp/evaluate/evaluator.js";

// What the language server computes of code by reading it: values that JavaScript gives, too, and nothing that does anything.

const library = `
declare const Math: any, Object: any, Float32Array: any, JSON: any, process: any, fetch: any;
declare const Array: { from(length: any, f?: any): any; isArray(value: any): boolean };
interface ReadonlyArray<T> { readonly [index: number]: T; readonly length: number; map<U>(f: (value: T, index: number) => U): U[]; }
interface Array<T> extends ReadonlyArray<T> { [index: number]: T; push(...values: T[]): number; sort(): T[]; slice(): T[]; forEach(f: (value: T) => void): void; }
interface Number { toFixed(): string; }
interface String { length: number; }
`;

/** Computes values of a file as an editor asks for them, beside those that it imports. Of the types of JavaScript's own, few are there. */
function evaluated(
  text: string,
  names: readonly string[],
  others: Record<string, string> = {},
  now?: () => number,
): unknown[] {
  const texts: Record<string, string> = { "/file.ts": text, "/lib.d.ts": library, ...others };
  const sources = new Map(
    Object.entries(texts).map(([name, code]) => [name, ts.createSourceFile(name, code, ts.ScriptTarget.ES2022, true)]),
  );
  const host: ts.CompilerHost = {
    ...ts.createCompilerHost({}),
    getSourceFile: (name) => sources.get(name),
    fileExists: (name) => sources.has(name),
    getCurrentDirectory: () => "/",
  };
  const program = ts.createProgram({
    rootNames: ["/lib.d.ts", "/file.ts"],
    options: { noLib: true, types: [], strict: true },
    host,
  });
  const declarations = sources
    .get("/file.ts")!
    .statements.filter(ts.isVariableStatement)
    .flatMap((all) => [...all.declarationList.declarations]);
  const evaluate = evaluator(program, now);
  return names.map((own) => evaluate(declarations.find(({ name }) => name.getText() === own)!.initializer!));
}

const valueOf = (text: string) => evaluated(text, ["value"])[0];

const programs = [
  "const value = [1 + 2 * 3, 7 % 4, 2 ** 5, -(3), !0, ~5, 6 / 4, 5 >> 1, 5 & 3, 5 | 8, 5 ^ 1, 1 << 3];",
  'const value = [1 < 2, 2 <= 1, 1 === 1, 1 !== 1, null ?? 4, 0 || "a", 1 && 2, true ? 1 : 0];',
  "const half = (n: number) => Math.floor(n / 2); const value = [224, 7].map(half);",
  "const sizes = [64, 128] as const; const value = [3, ...sizes, sizes[1]!, sizes.at(-1), sizes.length];",
  "const base = { a: 1, b: { c: [2] } }; const value = { ...base, a: 4, ['x' + 1]: base.b.c[0], d: base?.b };",
  "function f({ a, b = a + 1, ...rest }: any, [c, , d = 9]: any, ...more: any[]) { return { a, b, c, d, rest, more }; }" +
    " const value = f({ a: 1, z: 5 }, [2, 3], 7, 8);",
  "const value = (() => { let sum = 0; for (let i = 0; i < 5; i++) { if (i === 1) continue; if (i === 4) break; sum += i; } return sum; })();",
  "const value = (() => { const all: number[] = []; for (const [i, x] of [5, 6].entries()) all.push(i * x); return all; })();",
  "const value = (() => { const all: any[] = []; for (let i = 0, step = () => i++; i < 9; i += 2) { all.push(() => [i++, step()]); } return all.map((f) => [f(), f()]); })();",
  "const value = (() => { const all: any[] = []; for (var i = 0; i < 3; i++) all.push(() => i); return all.map((f) => f()); })();",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is of the program.
  "const value = (() => { let n = 100; while (n > 3) n = n / 2; return `${n} is ${n > 2 ? 'more' : 'less'}`; })();",
  "function even(n: number): boolean { return n === 0 ? true : odd(n - 1); } function odd(n: number): boolean { return n === 0 ? false : even(n - 1); } const value = even(10);",
  "const value = (() => { let n = 1; const twice = () => { n *= 2; return n; }; return [twice(), twice(), n++, ++n, n--]; })();",
  "const value = Object.entries({ a: 1, b: 2 }).flatMap(([k, v]) => Array.from({ length: v }, (_, i) => k + i));",
  "const value = [...new Float32Array([1, 2.5]), ...new Float32Array(2), Array.isArray([]), Math.max(1, 3), 'a-b'.split('-')];",
  // Lists and objects that are read, copied, or given to what leaves them alone.
  "const sizes = [64, 32]; const c = { sizes, deep: { units: 3 } }; const total = (all: number[]) => { let n = 0; for (const x of all) n += x; return n; };" +
    " Math.max(...sizes); JSON.stringify(c); const value = [total(sizes), ...c.sizes.map((n) => n * 2), c.deep.units];",
  "const blocks = [{ units: 1 }, { units: 2 }]; function built(all: { units: number }[]) { return all.map(({ units }) => units); }" +
    " const copy = blocks.map((b) => ({ ...b, more: 1 })); for (const b of blocks) b.units + 1; const value = [built(blocks), copy];",
  "const sizes = [1, 2]; const more = [...sizes]; const list = sizes.slice(); const value = [more, list, sizes];",
  "const first = (all: readonly number[]) => all[0]; const sizes = [5, 6]; const value = first(sizes);",
  "const counted = (...given: number[]) => given.length; const value = [counted(1, 2), ((a: number, b = 1) => a + b)(2), ((a?: any) => a)()];",
];

test.each(programs)("%s", (program) => {
  const { outputText } = ts.transpileModule(program, { compilerOptions: { target: ts.ScriptTarget.ES2022 } });
  // biome-ignore lint/security/noGlobalEval: what JavaScript itself gives.
  expect(valueOf(program)).toEqual(eval(`(() => { ${outputText}; return value; })()`));
});

test.each([
  ["process.exit()", "process: is nothing that is known without running the file"],
  ["fetch('http://localhost')", "fetch: is nothing that is known without running the file"],
  ["eval('1')", "is nothing that is known"],
  ["Math.random()", "Math.random"],
  ["[].constructor", "has no such member"],
  ["(() => 1).constructor('return process')()", "has no such member"],
  ["({})['__proto__']", "has no such member"],
  ["Math.floor.call(1)", "is a member that is not looked at"],
  ["'a'.replaceAll('a', 'b')", "is a member that is not looked at"],
  ["new Function('return 1')", "is nothing that is known"],
  ["import('node:fs')", "is not computed here"],
  ["(async () => 1)()", "is no plain function"],
  ["(function* () { yield 1; })()", "is no plain function"],
  ["(() => { while (true) {} })()", "takes too long"],
  ["(() => { let all = [1]; for (;;) all = all.concat(all); })()", "takes too long"],
  ["(() => { let s = 'ab'; for (;;) s += s; })()", "takes too long"],
  ["Array.from({ length: 1e9 })", "a list is too long"],
  ["new Float32Array(1e9)", "takes too long"],
  ["(() => { throw 1; })()", "is not run here"],
  ["(() => { state = 2; return state; })()", "is nothing that is changed here"],
  ["changing", "is nothing that is known without running the file"],
])("%s is not computed", (expression, message) => {
  expect(() => valueOf(`const state = 1; let changing = 1; const value = ${expression};`)).toThrow(message);
});

test("few steps that take seconds are too many, of all that is computed of a file", () => {
  let seconds = 0;
  const slowly = () => evaluated("const a = 1 + 1; const b = 1 + 1;", ["a", "b"], {}, () => 500 * seconds++);
  expect(slowly).toThrow("takes too long");
  expect(seconds).toBe(8);
});

test("what never ends by calling itself is no more than an error", () => {
  expect(() => valueOf("const f = (): number => f(); const value = f();")).toThrow(RangeError);
});

// What JavaScript gives is something else than what stands there; nothing is better than a wrong number.
test.each([
  "const value = [sizes.length, ...sizes]; for (const n of [64, 32]) sizes.push(n);",
  "const value = sizes; sizes.sort();",
  "const value = c.units; c.units = 128;",
  "const value = c; c.deep.list[0]++;",
  "const value = c; (c as any).units = 1;",
  "const value = c; [c.units] = [4];",
  "const value = c; for (c.units of [1, 2]);",
  "const value = c; delete c.units;",
  "const value = c; const { deep } = c; deep.list.push(1);",
  "const value = c; const other = { c }; other.c.units = 1;",
  "const value = c; let other; other = c; other.units = 1;",
  "const value = sizes; const add = (n: number) => sizes.push(n); add(3);",
  "const value = c; function fill(into: { units?: number }) { into.units = 3; } fill(c);",
  "const value = c; const fill = (n: number, ...into: any[]) => into.forEach((one) => { one.units = n; }); fill(1, c);",
  "const value = all; all.forEach((one) => { one.units = 2; });",
  "const value = all; for (const one of all) one.units = 2;",
  "const value = all; all.slice()[0].units = 2;",
  "const value = all; Array.from(all, (one: any) => one.units++);",
  "const value = c; const get = () => c; get().units = 1;",
  "const value = c; const same = (x: any) => x; same(c).units = 1;",
  "const value = c; Object.assign(c, { units: 1 });",
  "const value = c; unknown(c);",
  "const value = c; const later = (into = c) => { into.units = 2; }; later();",
])("%s is not taken for what it was before", (program) => {
  const text = `declare const unknown: any, console: any; const sizes: number[] = []; const all = [{ units: 1 }];
    const c: { units?: number; deep: { list: number[] } } = { units: 64, deep: { list: [1] } }; ${program}`;
  expect(() => valueOf(text)).toThrow("may be changed where it is not run");
});

test("what another file changes of what it imports is not taken for what it was before", () => {
  const files = (change: string, names = "{ c as d }") => ({
    "/c.ts": "export const c = { units: 64 }; export default c;",
    "/change.ts": `import ${names} from "./c"; ${change}; export {};`,
  });
  const text = 'import { c } from "./c"; import "./change"; const value = c.units;';
  expect(evaluated(text, ["value"], files("const e = d.units + 1"))).toEqual([64]);
  for (const others of [files("d.units = 3"), files("d.units = 3", "d"), files("d.c.units = 3", "* as d")])
    expect(() => evaluated(text, ["value"], others)).toThrow("may be changed where it is not run");
});

test("what is computed changes nothing for what is computed after it", () => {
  const list =
    "const all = [1]; const grown = () => { all.push(1); return all.length; }; const a = grown(); const b = a;";
  expect(() => evaluated(list, ["a"])).toThrow();
  const counter = "const next = (() => { let n = 0; return () => ++n; })(); const a = next(); const b = next();";
  expect(() => evaluated(counter, ["b"])).toThrow("n: is nothing that is changed here");
  const kept =
    "const next = (() => { const all: any = []; return () => all.push(1); })(); const a = next(); const b = next();";
  expect(() => evaluated(kept, ["b"])).toThrow("all.push: changes what is made elsewhere");
});
