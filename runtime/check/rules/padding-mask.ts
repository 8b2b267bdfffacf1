import { paddingMask as noAxisForPlaces } from "../../../src/ops/shared/attention-mask.js";
import { fix, insertAfter, insertBefore, wrap } from "../edits.js";
import { localName } from "../imports.js";
import { rule } from "./rule.js";

export const paddingMask = rule({
  id: "padding-mask",
  title: "A mask of a sample's places that lacks an axis",
  help: "A mask of attention says for each place of the query which places it sees: [batch, time, source]. One that is the same for all, of what is padding, has an axis of 1: [batch, 1, source].",
  message: noAxisForPlaces,
  explain({ op, shape, code }, { argument }) {
    const callee = `${localName(argument.getSourceFile(), "expandDims")}(`;
    const isTwice = code.startsWith("expandDims(expandDims");
    const again = isTwice ? [insertBefore(argument, callee), insertAfter(argument, ", 1)")] : [];
    const axes = isTwice ? "axes of the heads and of the query's places" : "an axis of the query's places";
    return {
      what: `The mask ${shape} says which places of each sample are seen; for ${op} it has ${axes}, too.`,
      fix: fix(`Give it ${isTwice ? "axes" : "an axis"} of 1 there:`, wrap(argument, "expandDims", "1"), again),
    };
  },
});
