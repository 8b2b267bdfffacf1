import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";

const setting = process.env.SHAPEWRIGHT_CHROMIUM;
const paths = [setting, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/**
 * The Chromium that tests of pages run in: what SHAPEWRIGHT_CHROMIUM names, else one that is installed. Such tests are left
 * out only where a machine has none, which SHAPEWRIGHT_CHROMIUM=required makes an error.
 */
export const chromiumPath: string | undefined = paths.find((path) => path !== undefined && existsSync(path));

if (chromiumPath === undefined) {
  const message = "no Chromium is installed; SHAPEWRIGHT_CHROMIUM can name one";
  if (setting !== undefined) throw new Error(setting === "required" ? message : `there is no ${setting}`);
  console.warn(`Skipped: ${message}`);
}

/** Starts it. */
export function startChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath!, args: ["--no-sandbox"] });
}

/** A script with everything that it imports, for a browser: a module of Node's would fail here. */
export async function bundleForBrowser(contents: string, options: BuildOptions = {}): Promise<string> {
  const resolveDir = resolve(import.meta.dirname, "..");
  const { outputFiles } = await build({
    stdin: { contents, resolveDir, loader: "ts" },
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    conditions: ["shapewright-source"],
    logLevel: "error",
    ...options,
  });
  return outputFiles![0]!.text;
}

const wasmFolder = dirname(fileURLToPath(import.meta.resolve("@tensorflow/tfjs-backend-wasm")));

/** A page that has loaded a script, which sets `window.ready`, and finds tfjs's WebAssembly files under /wasm/. */
export async function openPage(browser: Browser, script: string): Promise<Page> {
  const opened = await browser.newPage();
  await opened.route("http://localhost/**", (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === "/")
      return route.fulfill({ contentType: "text/html", body: '<script type="module" src="/script.js"></script>' });
    if (pathname === "/script.js") return route.fulfill({ contentType: "text/javascript", body: script });
    if (!pathname.startsWith("/wasm/")) return route.fulfill({ status: 404 });
    const body = readFileSync(join(wasmFolder, basename(pathname)));
    return route.fulfill({ contentType: "application/wasm", body });
  });
  await opened.goto("http://localhost/");
  await opened.waitForFunction("window.ready !== undefined");
  return opened;
}
