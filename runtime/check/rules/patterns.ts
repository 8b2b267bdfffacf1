import { fromNowhere, lostAxis, namedTwice, noArrow, notAxisName } from "../../../src/ops/shared/pattern.js";
import { noMultipleOf, openGroup, otherAxes, otherSize, strangeAxis } from "../../../src/ops/shared/pattern-shape.js";
import { fix, parseShape } from "../edits.js";
import { rule } from "./rule.js";

const help =
  'A pattern names the axes that come in, and behind -> those that go out: "b t (h d) -> b h t d". A group in parentheses is one axis, the product of those that it names; ... stands for all others.';

export const patternArrow = rule({
  id: "pattern-arrow",
  title: "A pattern without an arrow",
  help,
  message: noArrow,
  explain({ op, item }) {
    const axes = item === '""' ? "" : item;
    return {
      what: `${op} reads "${axes}" as axes that come in, and is not told which go out.`,
      fix: fix(`Write -> and the axes of the result behind it: "${axes || "…"} -> …".`),
    };
  },
});

export const patternName = rule({
  id: "pattern-name",
  title: "A word of a pattern that names no axis",
  help,
  message: notAxisName,
  explain({ op, item }) {
    if (item === "...") {
      return {
        what: `... in the pattern of ${op} stands for axes by themselves, and here it is in a group.`,
        fix: fix(
          "Name the axes of the group: (h w). To make one axis of all that there are, use reshape() or flatten().",
        ),
      };
    }
    const isOpen = /[()]/.test(item);
    return {
      what: `"${item}" in the pattern of ${op} is no name, 1, or ..., nor a group.`,
      fix: isOpen
        ? fix("A group is opened and closed once: (h d). A group has none in it.")
        : fix(
            "Name axes by words, with blanks between them; the sizes of named axes are said behind the pattern, as { h: 8 }.",
          ),
    };
  },
});

export const patternTwice = rule({
  id: "pattern-twice",
  title: "A pattern that names an axis twice",
  help,
  message: namedTwice,
  explain: ({ op, item }) => ({
    what: `The pattern of ${op} has two axes of the name ${item} on one side.`,
    fix: fix("Give each axis a name of its own."),
  }),
});

export const patternNew = rule({
  id: "pattern-new",
  title: "An axis of a pattern that comes from nowhere",
  help,
  message: fromNowhere,
  explain: ({ op, item }) => ({
    what: `${item} goes out of the pattern of ${op}, but does not come in.`,
    fix: fix("Name it before the arrow, too. A new axis is 1 there; repeat() or broadcastTo() make it longer."),
  }),
});

export const patternLost = rule({
  id: "pattern-lost",
  title: "An axis that is lost on the way",
  help: "rearrange keeps every element, so every axis that comes in goes out.",
  message: lostAxis,
  explain: ({ item }) => ({
    what: `${item} comes in, and is not among the axes that go out.`,
    fix: fix(`Name ${item} behind the arrow, or take it away by a mean, sum, max or min: reduce(x, pattern, "mean").`),
  }),
});

export const patternAxes = rule({
  id: "pattern-axes",
  title: "A pattern for another number of axes",
  help,
  message: otherAxes,
  explain: ({ op, item, shape }) => ({
    what: `The pattern "${item}" of ${op} does not name the ${parseShape(shape)?.length ?? "several"} axes of ${shape}.`,
    fix: fix("Name each axis before the arrow once; ... stands for all that are not named."),
  }),
});

export const patternOpen = rule({
  id: "pattern-open",
  title: "A group with more than one open size",
  help: "Of a group that comes in, all sizes but one are said; that one is what is left of the axis.",
  message: openGroup,
  explain: ({ op, item }) => ({
    what: `${op} cannot tell how an axis is divided among ${item}.`,
    fix: fix(`Say all sizes but one behind the pattern: { ${item.split(" ")[0]}: 8 }.`),
  }),
});

export const patternMultiple = rule({
  id: "pattern-multiple",
  title: "An axis that does not divide into a group",
  help: "The size of an axis is the product of the sizes that its group names.",
  message: noMultipleOf,
  explain: ({ item, shape, n, m }) => ({
    what: `(${item}) has ${m} by the sizes that are said, and the axis of ${shape} is ${n}, which is no multiple of it.`,
    fix: fix(`Say sizes that divide ${n}, or pad() the axis first.`),
  }),
});

export const patternSize = rule({
  id: "pattern-size",
  title: "An axis of another size than the pattern says",
  help: "An axis has the size that is said of it, and 1 where the pattern has 1.",
  message: otherSize,
  explain: ({ item, shape, n, m }) => ({
    what: `The axis ${item} of ${shape} is ${n}, where ${m} is said.`,
    fix: fix("Leave the size out: it is known from the shape. To take an axis apart, write a group."),
  }),
});

export const patternStrange = rule({
  id: "pattern-strange",
  title: "The size of an axis that is not there",
  help: "Sizes are said of axes that the pattern names before the arrow.",
  message: strangeAxis,
  explain: ({ op, item }) => ({
    what: `${op} is told the size of ${item}, which its pattern does not name.`,
    fix: fix(`Name ${item} in the pattern, or leave its size out.`),
  }),
});
