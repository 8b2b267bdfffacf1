import { namedCount, otherValues, tooManyAxes } from "../../../src/ops/shared/places-shape.js";
import { fix } from "../edits.js";
import { rule } from "./rule.js";

export const placesCount = rule({
  id: "places-count",
  title: "Indices for more axes than there are",
  help: "The last axis of the indices has an index for each of the first axes of the tensor, as many as it is long.",
  message: tooManyAxes,
  explain: ({ a, b, n }) => ({
    what: `The last axis of ${b} has ${n} indices, one for each of the first ${n} axes of ${a}, which has fewer.`,
    fix: fix("Give as many indices as there are axes, or fewer: what stands behind those axes is taken whole."),
  }),
});

export const placesName = rule({
  id: "places-name",
  title: "Indices for nobody knows how many axes",
  help: "The size of the last axis of the indices says how many axes they name, and so which axes are left: it is a number.",
  message: namedCount,
  explain: ({ a, b }) => ({
    what: `How many axes of ${a} the indices ${b} name, their last axis says; its size has a name.`,
    fix: fix("Give the last axis a number. Of one axis alone: indices with a last axis of 1, or gather()."),
  }),
});

export const placesValues = rule({
  id: "places-values",
  title: "Values for other places than the indices name",
  help: "There is a value for each place: the indices' axes but the last, then the axes that the indices do not name.",
  message: otherValues,
  explain: ({ a, b, wanted, to }) => ({
    what: `The indices ${b} name places in ${a}, for which the values are ${wanted}; those given are ${to}.`,
    fix: fix(`Give values of ${wanted}; broadcastTo() gives one value to many places.`),
  }),
});
