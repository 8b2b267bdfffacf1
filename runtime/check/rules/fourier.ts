import { otherImaginary } from "../../../src/ops/shared/complex.js";
import { fix } from "../edits.js";
import { rule } from "./rule.js";

export const complexParts = rule({
  id: "complex-parts",
  title: "Real and imaginary parts of different shapes",
  help: "Complex numbers are a list of two tensors of one shape: the real parts, and the imaginary ones.",
  message: otherImaginary,
  explain: ({ op, a, b }) => ({
    what: `Each complex number that ${op} takes has a real and an imaginary part, but there are ${a} of the one and ${b} of the other.`,
    fix: fix("Give both parts one shape; where all imaginary parts are 0, multiply(real, 0) is such a tensor."),
  }),
});
