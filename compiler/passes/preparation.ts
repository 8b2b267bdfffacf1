import type { Pass } from "./pass.js";
import { stabilize } from "./stabilize.js";

/** The passes that run before differentiation, too, so that gradients are of what they leave. */
export const preparation: readonly Pass[] = [stabilize];
