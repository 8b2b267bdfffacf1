import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type CancellationToken,
  CancellationTokenSource,
  CodeActionRequest,
  CodeLensRequest,
  type Diagnostic,
  DidOpenTextDocumentNotification,
  HoverRequest,
  InlayHintRequest,
  LSPErrorCodes,
  type MarkupContent,
  type Range,
  type TextDocumentEdit,
  type TextEdit,
} from "vscode-languageserver-protocol/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { installPackage } from "../support/installPackage.js";
import { type LanguageClient, languageClient, uriOf } from "../support/languageClient.js";
import { shapewright } from "../support/shapewright.js";

const root = realpathSync(mkdtempSync(join(tmpdir(), "shapewright-lsp-")));
const file = (path: string) => join(root, path);

function write(path: string, text: string): string {
  mkdirSync(dirname(file(path)), { recursive: true });
  writeFileSync(file(path), text);
  return file(path);
}

/** Makes a folder with the package among its dependencies. */
async function install(folder: string): Promise<void> {
  await installPackage(file(folder));
  write(`${folder}/package.json`, JSON.stringify({ type: "module" }));
}

const compilerOptions = { module: "nodenext", target: "es2022", strict: true, skipLibCheck: true, types: [] };

let client: LanguageClient;
beforeAll(async () => {
  for (const folder of ["project", "broken", "loose"]) await install(folder);
  for (const folder of ["project", "bare"]) write(`${folder}/tsconfig.json`, JSON.stringify({ compilerOptions }));
  write("broken/tsconfig.json", '{ "compilerOptions": { "strict": true, ');
  client = await languageClient(root, { workspaceEdit: { documentChanges: true } });
});
afterAll(async () => {
  await client?.quit();
  rmSync(root, { recursive: true });
});

const digits = `import { dense, input, model, multiply, relu } from "shapewright";

export const digits = model({ image: input(["batch", 784]), mask: input([128]) }, ({ image, mask }) => {
  const hidden = dense(image, { units: 128, activation: relu });
  return dense(multiply(hidden, mask), { units: 10 });
});
`;

/** Where a text first stands in another. */
function rangeOf(text: string, part: string, length = part.length): Range {
  const lines = text.slice(0, text.indexOf(part)).split(/\r?\n/);
  const start = { line: lines.length - 1, character: lines.at(-1)!.length };
  return { start, end: { line: start.line, character: start.character + length } };
}

async function actions(path: string, range: Range, only?: string[]) {
  const context = { diagnostics: [], ...(only && { only }) };
  const parameters = { textDocument: { uri: uriOf(path) }, range, context };
  return (await client.connection.sendRequest(CodeActionRequest.type, parameters)) as readonly {
    title: string;
    kind: string;
    isPreferred: boolean;
    edit: { documentChanges: TextDocumentEdit[] };
  }[];
}

const fixed = (text: string, { edit }: { edit: { documentChanges: TextDocumentEdit[] } }) => {
  const [change] = edit.documentChanges;
  const document = TextDocument.create(change!.textDocument.uri, "typescript", 0, text);
  return TextDocument.applyEdits(document, change!.edits as TextEdit[]);
};

describe("a mistake", () => {
  const path = file("project/digits.ts");

  test("is explained as it is typed, with the shapes that led there and the fix", async () => {
    client.open(path, digits);
    expect(await client.diagnostics(path)).toEqual([]);
    const text = digits.replace("input([128])", "input([64])");
    client.write(path, text);
    expect(await client.diagnostics(path)).toEqual([
      {
        range: rangeOf(text, "mask), {", 4),
        severity: 3,
        source: "shapewright",
        code: "broadcast",
        message: `multiply aligns [batch, 128] and [64] at their last axes, and on axis 1, 128 meets 64. Two sizes fit when they are equal, or when one is 1.

Fix: Make the two sizes equal, 128 or 64, or make one of them 1.

  image = input(["batch", 784])                 [batch, 784]
→ hidden = dense(units: 128, activation: relu)  [batch, 128]
  mask = input([64])                            [64]`,
      },
    ]);
    expect(await actions(path, rangeOf(text, "mask), {", 4))).toEqual([]);
    client.write(path, digits);
    expect(await client.diagnostics(path)).toEqual([]);
  });

  test("is mended by one click, in the version of the file that was looked at", async () => {
    // Lines as Windows ends them, and a letter of two UTF-16 units in front.
    const text = digits
      .replace("activation: relu", 'activation: "relu"')
      .replace("relu }", "dot }")
      .replaceAll("\n", "\r\n");
    const wrong = text.replace("const hidden", "/* 𝄞 */ const hidden");
    client.write(path, wrong);
    const [{ range }, ...others] = (await client.diagnostics(path)) as [Diagnostic];
    expect([range, others]).toEqual([rangeOf(wrong, "activation"), []]);
    const [action, ...rest] = await actions(path, range);
    expect(rest).toEqual([]);
    expect(action).toMatchObject({
      title: "Write: /* 𝄞 */ const hidden = dense(image, { units: 128, activation: relu });",
      kind: "quickfix",
      isPreferred: true,
      diagnostics: [{ code: "by-name", range }],
    });
    const { textDocument } = action!.edit.documentChanges[0]!;
    expect(textDocument.uri).toBe(uriOf(path));
    expect(textDocument.version).toBeGreaterThan(1);
    expect(fixed(wrong, action!)).toBe(wrong.replace('"relu"', "relu").replace("dot }", "dot, relu }"));
    // Elsewhere there is nothing to mend, nor for who asks for other kinds of actions.
    expect(await actions(path, rangeOf(wrong, "export"))).toEqual([]);
    expect(await actions(path, range, ["refactor"])).toEqual([]);
    expect(await actions(path, range, ["quickfix"])).toHaveLength(1);
  });

  test("of a name that is only like what stands there is mended by choice", async () => {
    const wrong = digits.replace("activation: relu", 'activation: "relv"');
    client.write(path, wrong);
    const [{ range }] = (await client.diagnostics(path)) as [Diagnostic];
    const [action] = await actions(path, range);
    expect(action).toMatchObject({ isPreferred: false });
    expect(fixed(wrong, action!)).toBe(digits);
  });

  test("that several changes mend is mended by choice, each with what it leads to and none preferred", async () => {
    const wrong = `import { input, reshape } from "shapewright";
export const y = reshape(input(["batch", 28, 28]), ["batch", 14, 14]);
`;
    client.write(path, wrong);
    const [{ range }] = (await client.diagnostics(path)) as [Diagnostic];
    const found = await actions(path, range);
    expect(found.map(({ title, isPreferred }) => [title, isPreferred])).toEqual([
      ['Write: export const y = reshape(input(["batch", 28, 28]), ["batch", 14, -1]); → [batch, 14, 56]', false],
      ['Write: export const y = reshape(input(["batch", 28, 28]), ["batch", -1, 14]); → [batch, 56, 14]', false],
    ]);
    expect(fixed(wrong, found[1]!)).toBe(wrong.replace("14, 14]", "-1, 14]"));
  });

  test("comes and goes with what is typed in another file, and with what is on the disk", async () => {
    const shapes = file("project/shapes.ts");
    client.open(shapes, "export const width = 128;\n");
    const text = `import { width } from "./shapes.js";\n${digits.replace("input([128])", "input([width])")}`;
    client.write(path, text);
    expect(await client.diagnostics(path)).toEqual([]);
    client.write(shapes, "export const width = 100;\n");
    client.expect(path);
    expect(await client.diagnostics(path)).toMatchObject([{ code: "broadcast" }]);
    // Closed unsaved, there is no such file.
    client.close(shapes);
    client.expect(path);
    expect(await client.diagnostics(path)).toEqual([]);
    writeFileSync(shapes, "export const width = 64;\n");
    client.touched(shapes);
    client.expect(path);
    expect(await client.diagnostics(path)).toMatchObject([{ code: "broadcast" }]);
    client.close(path);
    expect(await client.diagnostics(path)).toEqual([]);
  });
});

describe("a file", () => {
  const wrong = digits.replace("input([128])", "input([64])");

  test.each([
    ["above which there is no tsconfig.json is checked under strict defaults", "loose/digits.ts", ["broadcast"]],
    ["whose tsconfig.json is broken is checked all the same", "broken/digits.ts", ["broadcast"]],
    ["of a project without Shapewright is TypeScript's alone", "bare/digits.ts", []],
  ])("%s", async (_, path, codes) => {
    client.open(file(path), wrong);
    expect((await client.diagnostics(file(path))).map(({ code }) => code)).toEqual(codes);
    client.close(file(path));
  });

  test("that was never saved, declares what others wrote, or is not open, has nothing to be said of", async () => {
    client.open(file("project/digits.d.ts"), wrong);
    expect(await actions(file("project/digits.d.ts"), rangeOf(wrong, "mask"))).toEqual([]);
    const textDocument = { uri: "untitled:Untitled-1", languageId: "typescript", version: 1, text: wrong };
    await client.connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
    expect(await actions("/nowhere.ts", rangeOf(wrong, "mask"))).toEqual([]);
    const context = { diagnostics: [] };
    const parameters = { textDocument, range: rangeOf(wrong, "mask"), context };
    expect(await client.connection.sendRequest(CodeActionRequest.type, parameters)).toEqual([]);
  });
});

describe("what is shown of a file that is right", () => {
  const path = file("project/convnet.ts");
  const text = `import { concat, conv2d, type Dim, dense, flatten, input, model, relu, sequential, type Tensor } from "shapewright";
import { hidden } from "./sizes.js";

/** Digits. */
export const digits = model({ image: input(["batch", 28, 28, 1]) }, ({ image }) => {
  const seen = sequential(
    image,
    conv2d({ filters: 8, kernelSize: 3 }), // edges
    relu,
    flatten(),
  );
  const h = dense(seen, { units: hidden, activation: relu });
  return { logits: dense(h, { units: 10 }) };
});

export function joined<B extends Dim, C extends Dim>(x: Tensor<[B, C]>, skip: Tensor<[NoInfer<B>, C]>) {
  return concat([skip, x], 1);
}
`;
  beforeAll(async () => {
    write("project/sizes.ts", "export const hidden = 64;\n");
    client.open(path, text);
    expect(await client.diagnostics(path)).toEqual([]);
  });
  afterAll(() => client.close(path));

  const hints = async (range: Range) =>
    (await client.connection.sendRequest(InlayHintRequest.type, { textDocument: { uri: uriOf(path) }, range }))!;
  const hover = async (at: string) => {
    const { start } = rangeOf(text, at);
    const parameters = { textDocument: { uri: uriOf(path) }, position: start };
    const found = await client.connection.sendRequest(HoverRequest.type, parameters);
    return (found?.contents as MarkupContent | undefined)?.value.split("\n").slice(1, -1);
  };

  test("is the shape behind each line, and behind each layer", async () => {
    const found = await hints({ start: { line: 0, character: 0 }, end: { line: 14, character: 0 } });
    const lines = text.split("\n").map((line, i) => {
      const hint = found.find(({ position }) => position.line === i);
      return hint
        ? `${line.slice(0, hint.position.character)} ⟨${hint.label}⟩${line.slice(hint.position.character)}`
        : line;
    });
    expect(lines.slice(5, 13).map((line) => line.trim())).toEqual([
      "const seen = sequential(",
      "image,",
      "conv2d({ filters: 8, kernelSize: 3 }), ⟨[batch, 26, 26, 8]⟩ // edges",
      "relu, ⟨[batch, 26, 26, 8]⟩",
      "flatten(), ⟨[batch, 5408]⟩",
      ");",
      "const h = dense(seen, { units: hidden, activation: relu }); ⟨[batch, 64]⟩",
      "return { logits: dense(h, { units: 10 }) }; ⟨[batch, 10]⟩",
    ]);
    expect(found).toHaveLength(5);
    // Within a block that is generic, sizes are what it calculates of its parameters.
    const below = await hints({ start: { line: 15, character: 0 }, end: { line: 19, character: 0 } });
    expect(below.map(({ label }) => label)).toEqual(["[B, AddDims<C, C>]"]);
    // Of lines that are not seen, nothing is asked.
    expect(await hints({ start: { line: 11, character: 0 }, end: { line: 12, character: 0 } })).toHaveLength(1);
  });

  test("is all that led to a value, where the mouse stands on its name, its call or its layer", async () => {
    const whole = [
      '  image = input(["batch", 28, 28, 1])          [batch, 28, 28, 1]',
      "→ conv2d(filters: 8, kernelSize: 3)            [batch, 26, 26, 8]",
      "→ relu                                         [batch, 26, 26, 8]",
      "→ seen = flatten()                             [batch, 5408]",
      "→ h = dense(units: hidden, activation: relu)   [batch, 64]",
    ];
    expect(await hover("h = dense")).toEqual(whole.map((line) => line.replace("   [", "  [")));
    expect(await hover("h, {")).toEqual(await hover("h = dense"));
    expect(await hover("relu,\n")).toEqual([
      '  image = input(["batch", 28, 28, 1])  [batch, 28, 28, 1]',
      "→ conv2d(filters: 8, kernelSize: 3)    [batch, 26, 26, 8]",
      "→ relu                                 [batch, 26, 26, 8]",
    ]);
    expect(await hover("logits")).toHaveLength(6);
    // TypeScript shows types by itself.
    expect([await hover("digits"), await hover("Digits"), await hover("units")]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test("is what a model costs, by reading it and what it is made of", async () => {
    // 9 · 8 + 8 of the convolution, 5408 · 64 + 64 and 64 · 10 + 10 of the dense layers. Each product is two
    // operations; biases and relus are one for each element: 97,344 + 2 · 5408, 692,224 + 2 · 64, 1280 + 10.
    const lenses = await client.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri: uriOf(path) } });
    const parameters = 80 + 346_176 + 650;
    expect(lenses).toEqual([
      {
        range: { start: { line: 4, character: 0 }, end: { line: 4, character: 0 } },
        command: { title: `${parameters.toLocaleString("en-US")} parameters · 802 kFLOPs for one sample`, command: "" },
      },
    ]);
  });
});

describe("the server", () => {
  test("answers what it cannot read with an error, and goes on", async () => {
    const ask = (method: string, parameters: object) => client.connection.sendRequest(method, parameters);
    await expect(ask("textDocument/noSuch", {})).rejects.toThrow("Unhandled method textDocument/noSuch");
    await expect(ask("textDocument/codeAction", {})).rejects.toThrow("Request textDocument/codeAction failed");
    const body = '{"jsonrpc": "2.0", "id": 7, "method"';
    client.raw(`Content-Length: ${body.length}\r\n\r\n${body}`);
    client.open(file("project/digits.ts"), digits.replace("input([128])", "input([64])"));
    expect(await client.diagnostics(file("project/digits.ts"))).toMatchObject([{ code: "broadcast" }]);
  });

  test("computes nothing that is called off, or asked of a text that is another by now", async () => {
    const path = file("project/asked.ts");
    const textDocument = { uri: uriOf(path) };
    const whole = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
    const ask = (token?: CancellationToken) =>
      client.connection.sendRequest(InlayHintRequest.type, { textDocument, range: whole }, token);
    client.open(path, digits);
    const source = new CancellationTokenSource();
    const calledOff = ask(source.token);
    source.cancel();
    const early = ask();
    client.write(path, `${digits}\n`);
    const last = ask();
    const codes = await Promise.allSettled([calledOff, early]);
    expect(codes).toMatchObject([
      { reason: { code: LSPErrorCodes.RequestCancelled } },
      { reason: { code: LSPErrorCodes.ContentModified } },
    ]);
    expect((await last)!.map(({ label }) => label)).toEqual(["[batch, 128]", "[batch, 10]"]);
    client.close(path);
  });

  test("ends as it is told to, and with the editor", async () => {
    const others = await Promise.all([languageClient(root), languageClient(root)]);
    expect(await others[0].quit()).toBe(0);
    others[1].hangUp();
    expect(await others[1].ended).toBe(1);
    expect(others.map((other) => other.stderr())).toEqual(["", ""]);
  });
});

test("the command says what it is for", () => {
  const { status, stdout } = shapewright("lsp", "--help");
  expect(status).toBe(0);
  expect(stdout).toContain("npx shapewright lsp --stdio");
});
