import { Project, ts } from "ts-morph";

/** Where ts-morph has TypeScript's declarations of the language and of the DOM: in memory, not on the disk. */
const folder = "/node_modules/typescript/lib";

/** Makes a compiler host find TypeScript's own declarations, which ts-morph brings along as texts. */
export function withStandardLibrary(host: ts.CompilerHost, options: ts.CompilerOptions): ts.CompilerHost {
  const { target, lib } = options;
  const memory = new Project({
    useInMemoryFileSystem: true,
    compilerOptions: { ...(target === undefined ? {} : { target }), ...(lib === undefined ? {} : { lib }) },
  });
  memory.createSourceFile("/empty.ts");
  const library = memory.getProgram().compilerObject;
  return {
    ...host,
    getDefaultLibLocation: () => folder,
    getDefaultLibFileName: (options) => `${folder}/${ts.getDefaultLibFileName(options)}`,
    fileExists: (path) => library.getSourceFile(path) !== undefined || host.fileExists(path),
    getSourceFile: (path, ...rest) => library.getSourceFile(path) ?? host.getSourceFile(path, ...rest),
  };
}
