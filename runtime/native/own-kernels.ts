import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { FailedCompilation } from "./compilation-failures.js";
import { type Compiler, compileCpp } from "./compileCpp.js";
import { cppSources } from "./cppSources.js";
import { reasonOf } from "./failures.js";
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
 * TensorFlow's own ones are used. Nothing is done where there can be none.
 */
export function buildKernels(folder: string, compiler: Compiler, machine: Machine): FailedCompilation | undefined {
  const file = kernelsPath(folder, machine);
  if (file === undefined) return undefined;
  const library = machine.files.realpathSync(libraryFolder(folder));
  const compilation = {
    name: "kernels" as const,
    options: OPTIONS,
    sources: sources(),
    libraries: ["-L", library, "-l:libtensorflow_framework.so.2", `-Wl,-rpath,${library}`],
    timeoutSeconds: 300,
  };
  return compileCpp(compiler, compilation, file, machine);
}

/** Whether kernels are there that are of this version's sources, and for this processor. */
export function hasKernels(folder: string, machine: Machine): boolean {
  const file = kernelsPath(folder, machine);
  return file !== undefined && machine.files.existsSync(file);
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

/** Why they do not load, tried in a process of its own, since what the processor cannot run ends a process; nothing where they do. */
export function kernelsProblem(folder: string, machine: Machine): string | undefined {
  const script = "require(process.argv[1]); process.stdout.write('registered ' + require(process.argv[2]).registered)";
  const outcome = machine.run(machine.execPath, ["-e", script, addonPath(folder), kernelsPath(folder, machine)!], {
    env: { TF_CPP_MIN_LOG_LEVEL: "2", NODE_OPTIONS: "" },
    timeoutSeconds: 60,
  });
  const said = /registered (true|false)$/.exec(outcome.stdout)?.[1];
  if (outcome.status !== 0 || said === undefined) return reasonOf(outcome);
  return said === "true" ? undefined : "TensorFlow does not take them";
}

/** Where they are, by all that they depend on; nowhere where there are none. */
export function kernelsPath(folder: string, machine: Machine): string | undefined {
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
