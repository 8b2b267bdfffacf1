import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ts } from "ts-morph";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type PlugAndPlay, withPlugAndPlay } from "../../runtime/check/withPlugAndPlay.js";

let folder: string;
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "shapewright-")));
  const manifest = { exports: { ".": { types: "./a.d.ts" }, "./part": { types: "./part.d.ts" } } };
  write("store/net/node_modules/net/package.json", JSON.stringify(manifest));
  write("store/net/node_modules/net/a.d.ts", 'export * from "@scope/inner";');
  write("store/net/node_modules/net/part.d.ts", "export declare const part: 1;");
  write("store/inner/node_modules/@scope/inner/index.d.ts", "export declare const inner: 2;");
  write("store/node/node_modules/@types/node/index.d.ts", "declare const everywhere: 3;");
  write("project/model.ts", 'import { inner } from "net"; import { part } from "net/part"; [inner, part, everywhere];');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Two packages of the project's, of which one has a dependency of its own. */
function yarn(path: string): PlugAndPlay | null {
  const at = (name: string, place: string) => [name, join(folder, "store", place, "node_modules", name)] as const;
  const dependencies = path.startsWith(join(folder, "project"))
    ? new Map([at("net", "net"), at("@types/node", "node")])
    : path.startsWith(join(folder, "store/net"))
      ? new Map([at("@scope/inner", "inner")])
      : undefined;
  if (!dependencies) return null;
  return {
    resolveToUnqualified(request) {
      const found = dependencies.get(request);
      if (!found) throw new Error(`${request} is no dependency`);
      return found;
    },
    findPackageLocator: () => ({}),
    getPackageInformation: () => ({ packageDependencies: dependencies }),
  };
}

test("packages that Yarn has in no node_modules are found: by exports, by other packages, and types that hold everywhere", () => {
  const options: ts.CompilerOptions = {
    ...{ module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, types: ["*"] },
    ...{ noLib: true, noEmit: true, configFilePath: join(folder, "project/tsconfig.json") },
  };
  const file = join(folder, "project/model.ts");
  const found = (host: ts.CompilerHost) => {
    const program = ts.createProgram({ rootNames: [file], options, host });
    const messages = program.getSemanticDiagnostics(program.getSourceFile(file)).map(({ messageText }) => messageText);
    const files = program.getSourceFiles().map(({ fileName }) => fileName.slice(folder.length + 1));
    return { messages, files: files.sort() };
  };
  const disk = ts.createCompilerHost(options);
  expect(found(withPlugAndPlay(disk, yarn))).toEqual({
    messages: [],
    files: [
      "project/model.ts",
      "store/inner/node_modules/@scope/inner/index.d.ts",
      "store/net/node_modules/net/a.d.ts",
      "store/net/node_modules/net/part.d.ts",
      "store/node/node_modules/@types/node/index.d.ts",
    ],
  });
  expect(found(withPlugAndPlay(disk)).messages).toHaveLength(3);
});
