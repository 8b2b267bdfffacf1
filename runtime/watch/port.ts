import { integerIn } from "../../src/ir/options.js";

/** Where a server listens: 0 is a port that is free. */
export const port = integerIn(0, 65_535);
