import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

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
