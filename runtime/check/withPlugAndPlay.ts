import nodeModule from "node:module";
import { join } from "node:path";
import type { ts } from "ts-morph";

/** What is asked of Yarn's API, by which a program that `yarn` starts finds packages: https://yarnpkg.com/advanced/pnpapi */
export interface PlugAndPlay {
  resolveToUnqualified(request: string, issuer: string, options: { considerBuiltins: boolean }): string | null;
  findPackageLocator(location: string): object | null;
  getPackageInformation(locator: object): { readonly packageDependencies: ReadonlyMap<string, unknown> } | null;
}

/** A path within a `node_modules`: the folder that has it, the package if one is named, and what stands behind. */
const within = /^(.*)\/node_modules(?:\/((?:@[^/]+\/)?[^/]+)(\/.*)?)?$/s;

/**
 * Makes a compiler host find packages as Yarn's Plug'n'Play has them, in archives and not in folders: to TypeScript, each package has a
 * `node_modules` with what it depends on. Archives are read by `node:fs`, as Yarn makes it. Elsewhere the host is as it was.
 *
 * @param find the API that a path's packages are found by; none where they stand in folders
 */
export function withPlugAndPlay<H extends ts.ModuleResolutionHost>(host: H, find = findPnpApi): H {
  if (!find) return host;
  /** Where packages are, by the folder that asks and the package's name. */
  const known = new Map<string, string | undefined>();
  const locate = (folder: string, name: string) => {
    const key = `${folder} ${name}`;
    if (!known.has(key)) known.set(key, locationOf(find(`${folder}/`), folder, name));
    return known.get(key);
  };
  const exists = (path: string) => host.directoryExists?.(path) ?? false;
  const real = (path: string) => {
    const [, folder = "", name, rest = ""] = within.exec(path) ?? [];
    if (!name || exists(`${folder}/node_modules/${name}`)) return path;
    const location = locate(folder, name);
    return location === undefined ? path : join(location, rest);
  };
  /** The packages of a scope that a folder's package depends on. */
  const scoped = (path: string) => {
    const [, folder, scope] = /^(.*)\/node_modules\/(@[^/]+)$/s.exec(path) ?? [];
    if (folder === undefined) return [];
    return dependenciesOf(find(`${folder}/`), folder)
      .filter((name) => name.startsWith(`${scope}/`))
      .map((name) => name.slice(scope!.length + 1));
  };
  const isFolder = (path: string) => {
    const [, folder, name] = within.exec(path) ?? [];
    if (folder !== undefined && !name) return dependenciesOf(find(`${folder}/`), folder).length > 0;
    return scoped(path).length > 0 || exists(real(path));
  };
  return {
    ...host,
    fileExists: (path) => host.fileExists(real(path)),
    readFile: (path) => host.readFile(real(path)),
    directoryExists: (path) => exists(path) || isFolder(path),
    getDirectories: (path) => [...(host.getDirectories?.(real(path)) ?? []), ...scoped(path)],
    realpath: (path) => (real(path) === path ? (host.realpath?.(path) ?? path) : real(path)),
  };
}

/** Node.js's own module has it where Yarn has been asked to find packages. */
const { findPnpApi } = nodeModule as { readonly findPnpApi?: (path: string) => PlugAndPlay | null };

function locationOf(api: PlugAndPlay | null, folder: string, name: string): string | undefined {
  try {
    return api?.resolveToUnqualified(name, `${folder}/`, { considerBuiltins: false }) ?? undefined;
  } catch {
    // It is none of the package's dependencies.
    return undefined;
  }
}

function dependenciesOf(api: PlugAndPlay | null, folder: string): string[] {
  const locator = api?.findPackageLocator(`${folder}/`);
  return [...((locator && api?.getPackageInformation(locator)?.packageDependencies.keys()) ?? [])];
}
