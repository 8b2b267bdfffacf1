import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { type Exported, exported } from "./imports-for.js";

const root = resolve(import.meta.dirname, "../..");

const texts = ["src", "compiler", "runtime"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => ({ path: `${folder}/${path}`, text: readFileSync(join(root, folder, path), "utf8") })),
);

let names: ReadonlySet<string>;
beforeAll(async () => {
  const all: Exported = await exported(root);
  names = new Set([...all.values()].flat());
});

const docstring = String.raw`/\*\*((?:(?!\*/)[\s\S])*)\*/\s*`;

/** What exported functions and constants are said to be, where that begins with no sentence: with code, a sign or a formula. */
function formulas(text: string, isExported: (name: string) => boolean): string[] {
  const described = text.matchAll(new RegExp(`${docstring}export (?:async )?(?:function\\*?|const|class) (\\w+)`, "g"));
  return [...described]
    .filter(([, , name]) => isExported(name!))
    .map(
      ([, said, name]) =>
        `${name}: ${
          said!
            .replaceAll(/^\s*\* ?/gm, "")
            .trim()
            .split("\n")[0]
        }`,
    )
    .filter((line) => !/^\w+: (?:[A-Z][\w’'-]*,?|@\w+) (?![=·/+<>-])/.test(line));
}

test("what is exported is described by a sentence, which a formula may follow", () => {
  const described = `/** -x of x. */\nexport const neg = 1;\n/** x = 1 */\nexport function one() {}\n/** The sum a + b. */\nexport const add = 2;`;
  expect(formulas(described, () => true)).toEqual(["neg: -x of x.", "one: x = 1"]);
  const found = texts.flatMap(({ path, text }) =>
    formulas(text, (name) => names.has(name)).map((line) => `${path}, ${line}`),
  );
  expect(found).toEqual([]);
});

const literal = String.raw`("[^"]*"|true|false|-?\d[\d._]*(?:e-?\d+)?)`;

/** Options' documented defaults, each beside those that the same file takes in its place, where these are literals. */
function defaultsIn(text: string): { name: string; said: string; taken: string[] }[] {
  const options = text.matchAll(new RegExp(`${docstring}(?:readonly )?(\\w+)\\?:`, "g"));
  return [...options].flatMap(([, doc, name]) => {
    const [, said] = new RegExp(`@default ${literal}(?=[\\s:,]|$)`).exec(doc!) ?? [];
    if (said === undefined) return [];
    const destructured = text.matchAll(new RegExp(`(?<![\\w.])${name}(?:: \\w+)? = ${literal}(?=[,\\s})])`, "g"));
    const otherwise = text.matchAll(new RegExp(`\\b${name} \\?\\? ${literal}`, "g"));
    const taken = [...destructured, ...otherwise].map(([, value]) => value!);
    return taken.length === 0 ? [] : [{ name: name!, said, taken }];
  });
}

const value = (text: string): unknown => JSON.parse(text.replaceAll("_", ""));

test("a documented default is the code's", () => {
  const wrong = `interface Options {\n  /** How fast. @default 0.1 */\n  readonly rate?: number;\n}\nconst f = ({ rate = 0.01 }: Options) => rate;`;
  expect(defaultsIn(wrong)).toEqual([{ name: "rate", said: "0.1", taken: ["0.01"] }]);
  const all = texts.flatMap(({ path, text }) => defaultsIn(text).map((option) => ({ path, ...option })));
  expect(all.length).toBeGreaterThan(200);
  expect(all.filter(({ said, taken }) => taken.some((other) => value(other) !== value(said)))).toEqual([]);
});
