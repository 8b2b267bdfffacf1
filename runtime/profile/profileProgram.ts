import { host } from "#host";
import type { Program } from "../../compiler/program.js";
import { ShapewrightError } from "../../src/ir/errors.js";
import type { BackendName } from "../backends/backend.js";
import type { Signal } from "../signal.js";
import { type Profile, profileOf } from "./profile.js";
import { type ProfileOptions, profiledSizes } from "./profileOptions.js";

/**
 * Measures a training step of a program.
 *
 * @param save writes the program with its variables to a file
 * @throws SW_BACKEND where it does not run on native TensorFlow, or this does not tell what it does
 */
export async function profileProgram(
  program: Program,
  backend: BackendName,
  options: ProfileOptions,
  save: (file: string) => Promise<void>,
  disposed: Signal,
): Promise<Profile> {
  const refused = (why: string) => new ShapewrightError("SW_BACKEND", `profile: ${why}`, "profile");
  const sizes = profiledSizes(program, options);
  if (backend !== "tensorflow" || !host.stepLogs)
    throw refused(`what is measured is native TensorFlow, and this session runs on ${backend}`);
  const logs = await host.stepLogs(save, sizes, disposed);
  const profile = profileOf(logs, program.train, sizes);
  if (profile.runs.length === 0) throw refused("this TensorFlow's log does not say which kernels ran");
  return profile;
}
