import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { compileCpp } from "./compileCpp.js";
import { cppSources } from "./cppSources.js";
import type { Machine } from "./machine.js";
import { addonPath, libraryFolder } from "./tfjs-node.js";

/** The kernels' sources, of which `register.cc` takes in the others. */
const sources = () => cppSources("kernels", "register.cc");

/**
 * What they are compiled with. Sums are not reordered: a result is the same on each run. A function that TensorFlow has not is an error
 * while they are loaded, and they stay loaded when a worker thread ends: TensorFlow calls them from then on.
 */
const OPTIONS = [
  ...["-std=c++17", "-O3", "-march=native", "-ffp-contract=fast", "-shared", "-fPIC", "-pthread"],
  ...["-Wl,-z,now", "-Wl,-z,nodelete"],
];

/**
 * Compiles kernels that TensorFlow takes in place of its own, for this processor, beside tfjs-node's addon. Where that fails,
 * TensorFlow's own ones are used. Those of other sources stay: another project's version may have them.
 */
export function buildKernels(folder: string, compiler: string, headers: string, machine: Machine): void {
  const file = kernelsPath(folder, machine);
  if (file === undefined) return;
  const library = machine.files.realpathSync(libraryFolder(folder));
  const compilation = {
    name: "kernels",
    options: OPTIONS,
    sources: sources(),
    libraries: ["-L", library, "-l:libtensorflow_framework.so.2", `-Wl,-rpath,${library}`],
    headers,
    timeoutSeconds: 300,
  };
  compileCpp(compiler, compilation, file, machine);
}

/** Whether kernels are there that are of this version's sources, and for this processor. */
export function hasKernels(folder: string, machine: Machine): boolean {
  const file = kernelsPath(folder, machine);
  return file !== undefined && machine.files.existsSync(file);
}

/** Whether there can be kernels here at all. */
export function canHaveKernels(machine: Machine): boolean {
  return processorOf(machine) !== undefined;
}

/**
 * Loads them after TensorFlow, which takes them from then on. Gives whether it does: SHAPEWRIGHT_KERNELS=tensorflow leaves them out.
 */
export function loadKernels(folder: string, machine: Machine): boolean {
  if (machine.env.SHAPEWRIGHT_KERNELS === "tensorflow") return false;
  try {
    if (!hasKernels(folder, machine)) return false;
    const { registered } = createRequire(import.meta.url)(kernelsPath(folder, machine)!) as { registered: boolean };
    return registered;
  } catch {
    return false;
  }
}

/** Where they are, by all that they depend on; nowhere where there are none. */
function kernelsPath(folder: string, machine: Machine): string | undefined {
  const processor = processorOf(machine);
  const written = sources();
  if (processor === undefined || written.length === 0) return undefined;
  const hash = createHash("sha256").update(processor).update(OPTIONS.join(" "));
  for (const { text } of written) hash.update(text);
  return join(dirname(addonPath(folder)), `kernels-${hash.digest("hex").slice(0, 16)}.node`);
}

/** What the processor can do. Only Linux tells it in a file, and names the library as it is linked here. */
function processorOf({ platform, arch, files }: Machine): string | undefined {
  if (platform !== "linux" || !files.existsSync("/proc/cpuinfo")) return undefined;
  const [first = ""] = files.readFileSync("/proc/cpuinfo", "utf8").split("\n\n", 1);
  return [arch, ...(first.match(/^(model name|model|flags|Features|CPU (part|implementer))\s*:.*$/gm) ?? [])].join(
    "\n",
  );
}
