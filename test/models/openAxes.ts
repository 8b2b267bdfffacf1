import { basename, resolve } from "node:path";
import ts from "typescript-6.0";
import { packagePaths } from "../tools/declarations.js";

/**
 * The tensors in files of which TypeScript does not know all sizes: `"file: expression: shape"`. Every expression is asked, also those
 * within others. A type parameter, and what is calculated from one, is known: calls say what it is.
 */
export async function openAxes(files: readonly string[]): Promise<string[]> {
  const root = resolve(import.meta.dirname, "../..");
  const { compilerOptions } = ts.readConfigFile(resolve(root, "tsconfig.json"), ts.sys.readFile).config;
  const config = { files, compilerOptions: { ...compilerOptions, skipLibCheck: true, paths: await packagePaths() } };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const program = ts.createProgram(files, options);
  const checker = program.getTypeChecker();
  return files.flatMap((name) => {
    const file = program.getSourceFile(name)!;
    const found: string[] = [];
    const visit = (node: ts.Node): void => {
      const type = ts.isExpression(node) ? checker.getTypeAtLocation(node) : undefined;
      if (type?.symbol?.name === "Tensor") {
        const [shape] = checker.getTypeArguments(type as ts.TypeReference);
        const text = checker.typeToString(shape!, undefined, ts.TypeFormatFlags.NoTruncation);
        if (/\b(any|unknown|never|number|string|Dim)\b/.test(text)) {
          found.push(`${basename(name)}: ${node.getText()}: ${text}`);
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
    return found;
  });
}
