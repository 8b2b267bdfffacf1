import module from "node:module";

/** `registerHooks` of later Node.js versions than the oldest that we run on, whose types do not know it. */
interface Hooks {
  registerHooks?(hooks: { load(url: string, context: object, next: Load): Loaded }): { deregister(): void };
}

type Load = (url: string, context: object) => Loaded;

interface Loaded {
  readonly format?: string | null;
  readonly source?: unknown;
}

/**
 * Has a module hand over its namespace before it runs, which `import` gives only once it has run to its end: to what
 * `globalThis[Symbol.for(key)].getStore()` is then, by its `namespace`.
 *
 * What is added to the module imports another one, which imports the module in turn, and which runs first.
 *
 * @returns what ends it
 */
export function watchNamespace(url: string, key: symbol): () => void {
  const name = JSON.stringify(Symbol.keyFor(key));
  const watcher = `import * as module from ${JSON.stringify(url)}; globalThis[Symbol.for(${name})].getStore()?.namespace(module);`;
  const added = `\nimport "${asUrl(watcher)}";`;
  const { registerHooks } = module as Hooks;
  if (!registerHooks) {
    // Node.js 20: hooks run in a thread of their own, and stay, for this one file.
    const hooks = `export async function load(url, context, next) {
      const loaded = await next(url, context);
      if (url !== ${JSON.stringify(url)} || loaded.format !== "module") return loaded;
      const text = typeof loaded.source === "string" ? loaded.source : new TextDecoder().decode(loaded.source);
      return { ...loaded, source: text + ${JSON.stringify(added)} };
    }`;
    module.register(asUrl(hooks));
    return () => {};
  }
  const hooks = registerHooks({
    load(loadedUrl, context, next) {
      const loaded = next(loadedUrl, context);
      if (loadedUrl !== url || loaded.format !== "module") return loaded;
      return { ...loaded, source: `${textOf(loaded.source)}${added}` };
    },
  });
  return () => hooks.deregister();
}

function asUrl(source: string): string {
  return `data:text/javascript,${encodeURIComponent(source)}`;
}

function textOf(source: unknown): string {
  return typeof source === "string" ? source : new TextDecoder().decode(source as Uint8Array);
}
