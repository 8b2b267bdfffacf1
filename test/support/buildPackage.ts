/** What vitest does before the tests that start processes of the package. */
export { build as default } from "../tools/built.js";
