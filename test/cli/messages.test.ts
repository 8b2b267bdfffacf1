import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { ts } from "ts-morph";
import { describe, expect, test } from "vitest";
import { rules } from "../../runtime/check/rules/index.js";
import { fill, type Message } from "../../src/types/message.js";

const root = resolve(import.meta.dirname, "../..");

/** All sources, parsed, by their paths. */
const sources = ["src", "compiler", "runtime"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !/(^|\/)(generated|template)\//.test(path))
    .map((path) => parse(`${folder}/${path}`, readFileSync(join(root, folder, path), "utf8"))),
);

/** What the sources call messages: `sum: axis 2 …`, `{op}: axis {axis} …`. */
const isMessage = (text: string) => /^(\w+|\{\w*\}): \S+ \S|^no (input|output with a loss) is/.test(text);

const templates = new Map(sources.flatMap(constants).filter(([, text]) => isMessage(text)));
const inTypes = [...new Set(sources.flatMap(namedInTypes))].filter((name) => templates.has(name));

describe("a message is written once", () => {
  test("many are given by types", () => expect(inTypes.length).toBeGreaterThan(45));

  test.each(inTypes)("%s has a rule of check", (name) => {
    const ofMessage = rules.filter(({ message }) => message === templates.get(name));
    expect(ofMessage.map(({ id }) => id)).toHaveLength(1);
  });

  test("every rule's message is a template of the types", () => {
    const own = new Set(inTypes.map((name) => templates.get(name)));
    expect(rules.filter(({ message }) => !own.has(message)).map(({ id }) => id)).toEqual([]);
  });

  test("no type and no rule writes its message out, and no code repeats a template", () => {
    expect(sources.flatMap(writtenAgain)).toEqual([]);
  });

  test("which is seen where it happens", () => {
    const again = (text: string) => writtenAgain(parse("src/again.ts", text)).map((found) => found.split(": ")[0]);
    expect(again(`const axisOutOfRange = "{op}: axis {axis} is out of range for {shape} ({range})";`)).toEqual([]);
    expect(again(`const other = \`\${op}: axis \${axis} is out of range for \${show(s)} (\${range})\`;`)).toHaveLength(
      1,
    );
    expect(again(`const other = \`slice: axis \${axis} is out of range for \${show(s)} (\${range})\`;`)).toHaveLength(
      1,
    );
    expect(again(`const other = "{op}: axis {axis} is out of range for {x} ({y})";`)).toHaveLength(1);
    expect(again(`const other = "flatten: takes an input with a batch axis, got a scalar";`)).toHaveLength(1);
    expect(again(`type Other<S> = \`new: takes no \${S}\`;`)).toHaveLength(1);
    expect(again(`type Other = "new: takes no scalar";`)).toHaveLength(1);
    expect(again(`const other = \`new: takes no \${s}\`; type Name<K> = \`get\${K}: \`;`)).toEqual([]);
  });
});

test("a template is filled in one pass, with texts as they are", () => {
  expect(fill("{op}: {a} and {b}, {op}", { op: "$&", a: "{b}", b: 2 })).toBe("$&: {b} and 2, $&");
});

test("a field that is missing, or is none, does not compile", () => {
  type Fields = { readonly op: "sum"; readonly axis: 1 };
  const text: Message<"{op}: no {axis}", Fields> = "sum: no 1";
  expect(fill("{op}: no {axis}", { op: "sum", axis: 1 })).toBe(text);
  // @ts-expect-error
  expect(fill("{op}: no {axis}", { op: "sum" })).toBe("sum: no undefined");
  // @ts-expect-error
  expect(fill("{op}: no axis", { op: "sum", axis: 1 })).toBe("sum: no axis");
  // @ts-expect-error
  expect(text as Message<"{op}: no {axis} of {shape}", Fields>).toBe(text);
  // @ts-expect-error
  expect("sum: no axis" as Message<"{op}: no axis", Fields>).toBe("sum: no axis");
});

function parse(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
}

/** The constants of a file that hold one text, with it. */
function constants(file: ts.SourceFile): [name: string, text: string][] {
  const lists = file.statements.filter(ts.isVariableStatement).map(({ declarationList }) => declarationList);
  return lists.flatMap(({ declarations }) =>
    declarations.flatMap(({ name, initializer }): [string, string][] =>
      ts.isIdentifier(name) && initializer && ts.isStringLiteral(initializer) ? [[name.text, initializer.text]] : [],
    ),
  );
}

/** The names in `typeof name` among a file's types. */
function namedInTypes(file: ts.SourceFile): string[] {
  return nodesOf(file)
    .filter(ts.isTypeQueryNode)
    .map(({ exprName }) => exprName.getText());
}

/** Messages that are written out in types, and texts that are a template's though they are not the template. */
function writtenAgain(file: ts.SourceFile): string[] {
  return nodesOf(file).flatMap((node) => {
    const text = textOf(node);
    if (text === undefined || isTemplate(node)) return [];
    const inType = ts.isTemplateLiteralTypeNode(node) || ts.isLiteralTypeNode(node.parent);
    const again = [...templates.values()].some((template) => withoutNames(template) === withoutNames(text));
    return (inType && isMessage(text)) || again ? [`${file.fileName}: ${text}`] : [];
  });
}

/** Whether a text is where a template is defined. */
function isTemplate(node: ts.Node): boolean {
  const { parent } = node;
  if (!ts.isVariableDeclaration(parent) || !ts.isStringLiteral(node)) return false;
  return templates.get(parent.name.getText()) === node.text;
}

/** A literal's text, with {} for what differs. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node) && !ts.isTemplateLiteralTypeNode(node)) return undefined;
  const spans: readonly (ts.TemplateSpan | ts.TemplateLiteralTypeSpan)[] = [...node.templateSpans];
  return node.head.text + spans.map(({ literal }) => `{}${literal.text}`).join("");
}

/** The same text for every op and whatever the fields are called. */
function withoutNames(text: string): string {
  return text.replace(/\{\w*\}/g, "{}").replace(/^(\w+|\{\}): /, "{}: ");
}

function nodesOf(file: ts.SourceFile): ts.Node[] {
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}
