import { ts } from "ts-morph";
import { expect, test } from "vitest";
import { evaluator } from "../../runtime/lsp/evaluate/evaluator.js";

// What the language server computes of code by reading it: values that JavaScript gives, too, and nothing that does anything.

/** Computes `value` of a file, without the types of any library: names of JavaScript's own are known without them. */
function valueOf(text: string): unknown {
  const file = ts.createSourceFile("file.ts", text, ts.ScriptTarget.ES2022, true);
  const declared = "declare const Math: any, Array: any, Object: any, Float32Array: any, process: any, fetch: any;";
  const library = ts.createSourceFile("lib.d.ts", declared, ts.ScriptTarget.ES2022, true);
  const sources: Record<string, ts.SourceFile> = { "file.ts": file, "lib.d.ts": library };
  const host = { ...ts.createCompilerHost({}), getSourceFile: (name: string) => sources[name] };
  const checker = ts
    .createProgram({ rootNames: ["lib.d.ts", "file.ts"], options: { noLib: true, types: [] }, host })
    .getTypeChecker();
  const declarations = file.statements
    .filter(ts.isVariableStatement)
    .flatMap((all) => [...all.declarationList.declarations]);
  const { initializer } = declarations.find(({ name }) => name.getText() === "value")!;
  return evaluator(checker)(initializer!);
}

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

test("what never ends by calling itself is no more than an error", () => {
  expect(() => valueOf("const f = (): number => f(); const value = f();")).toThrow(RangeError);
});
