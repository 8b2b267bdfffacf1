import { muteTfjs } from "../muteTfjs.js";

/** Imports the portable backend when it is asked for: native TensorFlow does not need its libraries. */
export async function importPortable(): Promise<typeof import("./portable.js")> {
  const unmute = muteTfjs();
  try {
    return await import("./portable.js");
  } finally {
    unmute();
  }
}
