import { importMuted } from "../muteTfjs.js";

/** Imports the portable backend when it is asked for: native TensorFlow does not need its libraries. */
export const importPortable = () => importMuted(() => import("./portable.js"));
