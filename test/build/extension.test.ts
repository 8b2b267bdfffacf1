import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, expect, test } from "vitest";
import { installedServer } from "../../runtime/lsp/vscode/installedServer.js";
import { packExtension } from "../tools/packExtension.js";

const repository = resolve(import.meta.dirname, "../..");
const root = realpathSync(mkdtempSync(join(tmpdir(), "shapewright-extension-")));
afterAll(() => rmSync(root, { recursive: true }));

function write(path: string, text: string): string {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  return join(root, path);
}

test("the extension is packed whole, and the same for the same sources", async () => {
  const { name, bytes } = await packExtension();
  const { version } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));
  expect(name).toBe(`shapewright-${version}.vsix`);
  expect(Buffer.from((await packExtension()).bytes).equals(bytes)).toBe(true);
  const files = Object.fromEntries(Object.entries(unzipSync(bytes)).map(([path, file]) => [path, strFromU8(file)]));
  const manifest = JSON.parse(files["extension/package.json"]!);
  expect(manifest).toMatchObject({ name: "shapewright", publisher: "shapewright", version });
  // What the manifests name is there, and of a kind that the package says.
  const named = [...files["extension.vsixmanifest"]!.matchAll(/(?:Path="|<License>)([^"<]+)/g)].map(
    ([, path]) => path!,
  );
  expect(named).toContain("extension/package.json");
  const paths = [...named, join("extension", manifest.main)];
  expect(paths.filter((path) => !(path in files))).toEqual([]);
  const kinds = [...files["[Content_Types].xml"]!.matchAll(/Extension="([^"]+)"/g)].map(([, kind]) => kind!);
  expect(
    Object.keys(files).filter((path) => path !== "[Content_Types].xml" && !kinds.some((kind) => path.endsWith(kind))),
  ).toEqual([]);
  expect(files["extension.vsixmanifest"]).toContain(
    `<Identity Language="en-US" Id="shapewright" Version="${version}" Publisher="shapewright"/>`,
  );
  const client = JSON.parse(readFileSync(join(repository, "node_modules/vscode-languageclient/package.json"), "utf8"));
  expect(manifest.engines.vscode).toBe(client.engines.vscode);
  // It loads where nothing is installed but what VS Code itself has, and has what VS Code calls.
  const extension = write("packed/extension.cjs", files["extension/extension.cjs"]!);
  const load = write(
    "packed/load.cjs",
    `const anything = new Proxy(class {}, { get: (target, name) => (name in target ? target[name] : anything) });
const { _load } = require("node:module");
require("node:module")._load = (name, ...rest) => (name === "vscode" ? anything : _load(name, ...rest));
console.log(Object.entries(require(${JSON.stringify(extension)})).map(([name, f]) => name + " " + typeof f).join());`,
  );
  const { stdout, stderr } = spawnSync(process.execPath, [load], { encoding: "utf8" });
  expect([stdout.trim(), stderr]).toEqual(["activate function,deactivate function", ""]);
});

test("the server is the one that the project has installed", () => {
  const file = write("project/src/deep/model.ts", "");
  expect(installedServer(file)).toBeUndefined();
  const bin = { shapewright: "./dist/runtime/cli/main.js" };
  write("project/node_modules/shapewright/package.json", "{");
  expect(installedServer(file)).toBeUndefined();
  write("project/node_modules/shapewright/package.json", JSON.stringify({ bin }));
  // One from before there was a server.
  expect(installedServer(file)).toBeUndefined();
  write("project/node_modules/shapewright/dist/runtime/cli/lsp.js", "");
  const module = join(root, "project/node_modules/shapewright/dist/runtime/cli/main.js");
  expect(installedServer(file)).toEqual({ module, folder: join(root, "project") });
  expect(installedServer(write("elsewhere/model.ts", ""))).toBeUndefined();
  const said = installedServer(join(root, "elsewhere/model.ts"), "../project/node_modules/shapewright");
  expect(said).toEqual({ module, folder: join(root, "elsewhere") });
  // As the package has it.
  const own = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));
  expect(own.bin).toEqual(bin);
  expect(existsSync(join(repository, "runtime/cli/lsp.ts"))).toBe(true);
});
