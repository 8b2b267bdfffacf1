import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import ts from "typescript-5.9";
import { expect, test } from "vitest";
import { addDims, ceilDivideDims, floorDivideDims, multiplyDims, subtractDims } from "../../src/types/arithmetic.js";
import { checkBroadcast } from "../../src/types/broadcast.js";
import type { Dim } from "../../src/types/dim.js";
import { productOf } from "../../src/types/product.js";
import { checkReshape, inferReshape } from "../../src/types/reshape.js";
import { windowSize } from "../../src/types/window.js";
import { calculated, dimOf } from "./calculated.js";

// Rules and functions on random sizes. The compiler itself is run on one file of assertions, each of them the rule beside
// what the function has just given: `Equal<AddDims<"a-2", 7>, "a+5">`.

const folder = dirname(fileURLToPath(import.meta.url));
const seed = 20_240_229;

test("a rule's type is what its function gives", () => {
  const name = fc.oneof(
    fc.constantFrom<Dim>("a", "b", "a-2", "a*2", "ceil(a/2)", "floor((b-1)/3)", "(a-2)*4", "b+a-3", "floor(a/b)"),
    calculated.map(dimOf).filter((dim) => typeof dim === "string" || dim > 0),
  );
  const size = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 100_000 }), name);
  const shape = fc.array(
    fc.oneof(fc.integer({ min: 1, max: 8 }), fc.constantFrom<Dim>("a", "b", "a-2", "b*4", "a*b-a*2", "ceil(b/2)")),
    {
      maxLength: 4,
    },
  );
  const text = JSON.stringify;
  const assertions: string[] = [];
  const claim = (rule: string, value: unknown) =>
    assertions.push(`${rule}, ${value === undefined ? "unknown" : text(value)}`);

  const decimal = fc.oneof(
    fc.integer({ min: -12, max: 12 }),
    fc.integer({ min: -5000, max: 5000 }).map((n) => n / 1000),
    fc.integer({ min: -1_000_000, max: 1_000_000 }).map((n) => n / 8),
  );
  for (const [a, b] of fc.sample(fc.tuple(decimal, decimal), { seed, numRuns: 60 })) {
    claim(`IsAbove<${a}, ${b}>`, a > b);
  }
  for (const [a, b] of fc.sample(fc.tuple(size, size), { seed, numRuns: 60 })) {
    const operands = `${text(a)}, ${text(b)}`;
    claim(`AddDims<${operands}>`, addDims(a, b));
    claim(`MultiplyDims<${operands}>`, multiplyDims(a, b));
    claim(`FloorDivideDims<${operands}>`, floorDivideDims(a, b));
    claim(`CeilDivideDims<${operands}>`, ceilDivideDims(a, b));
    const difference = subtractDims(a, b);
    if (typeof difference === "string" || difference >= 0) claim(`SubtractDims<${operands}>`, difference);
  }
  for (const [n, kernel, stride] of fc.sample(
    fc.tuple(size, fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 4 })),
    { seed, numRuns: 60 },
  )) {
    claim(`WindowSize<${text(n)}, ${kernel}, ${stride}, "same">`, windowSize(n, kernel, stride, "same"));
    if (typeof n === "string" || n >= kernel)
      claim(`WindowSize<${text(n)}, ${kernel}, ${stride}, "valid">`, windowSize(n, kernel, stride, "valid"));
  }
  for (const [from, to, open] of fc.sample(fc.tuple(shape, shape, fc.boolean()), { seed, numRuns: 60 })) {
    const asked: Dim[] = open ? [...to, -1] : to;
    const message = checkReshape(from, asked);
    claim(`ProductOf<${text(from)}>`, productOf(from));
    claim(`CheckReshape<${text(from)}, ${text(asked)}>`, message);
    claim(`CheckBroadcast<"add", ${text(from)}, ${text(to)}>`, checkBroadcast("add", from, to));
    if (message === undefined) claim(`InferReshape<${text(from)}, ${text(asked)}>`, inferReshape(from, asked));
  }
  expect(assertions.length).toBeGreaterThan(400);
  expect(failures(assertions)).toEqual([]);
});

test("digits calculate as BigInt does", () => {
  const number = fc.oneof(
    fc.nat(9),
    fc.nat(999),
    fc.nat(99_999),
    fc.maxSafeNat().map((n) => n % 1_000_000_000_000),
  );
  const assertions: string[] = [];
  for (const [a, b] of fc.sample(fc.tuple(number, number), { seed, numRuns: 60 })) {
    const [x, y] = [BigInt(a), BigInt(b)];
    assertions.push(`Add<${a}, ${b}>, ${x + y}`);
    assertions.push(`Subtract<${a}, ${b}>, ${x < y ? '"negative"' : x - y}`);
    assertions.push(`Compare<${a}, ${b}>, ${x < y ? '"less"' : x === y ? '"equal"' : '"greater"'}`);
    if (b !== 0) assertions.push(`Divide<${a}, ${b}>, [${x / y}, ${x % y}]`);
    if (x * y <= BigInt(Number.MAX_SAFE_INTEGER)) assertions.push(`Multiply<${a}, ${b}>, ${x * y}`);
  }
  expect(failures(assertions)).toEqual([]);
  expect(failures(["Add<1, 1>, 3", "Add<1, 2>, 3"])).toEqual(["Add<1, 1>, 3"]); // so a failure would be seen
});

/** Those of the assertions, pairs of types, that do not hold. */
function failures(assertions: readonly string[]): string[] {
  const imports = Object.entries({
    decimals: "IsAbove",
    arithmetic: "AddDims, CeilDivideDims, FloorDivideDims, MultiplyDims, SubtractDims",
    broadcast: "CheckBroadcast",
    digits: "Add, Compare, Divide, Multiply, Subtract",
    product: "ProductOf",
    reshape: "CheckReshape, InferReshape",
    window: "WindowSize",
  }).map(([module, names]) => `import type { ${names} } from "../../src/types/${module}.js";`);
  const head = [
    ...imports,
    'import type { Equal } from "./equal.js";',
    "declare function holds<Answer extends true>(): Answer;",
  ];
  const file = join(folder, "assertions.ts");
  const content = [...head, ...assertions.map((assertion) => `holds<Equal<${assertion}>>();`)].join("\n");

  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    noErrorTruncation: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    lib: ["lib.es2023.d.ts"],
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  const isOurs = (path: string) => resolve(path) === file;
  host.fileExists = (path) => isOurs(path) || fileExists(path);
  host.readFile = (path) => (isOurs(path) ? content : readFile(path));
  const program = ts.createProgram([file], options, host);
  return ts.getPreEmitDiagnostics(program, program.getSourceFile(file)).map(({ start, messageText }) => {
    const line = content.slice(0, start ?? 0).split("\n").length - 1 - head.length;
    return assertions[line] ?? ts.flattenDiagnosticMessageText(messageText, "\n");
  });
}
