import { filterAlone } from "../../../src/layers/convolutionLayer.js";
import { dividedName } from "../../../src/ops/shared/windows/adaptive-shapes.js";
import {
  namedFilterSize,
  stridedAndDilated,
  unequalGroups,
} from "../../../src/ops/shared/windows/check-convolution.js";
import { withinPadding } from "../../../src/ops/shared/windows/check-pool.js";
import { namedMultiplier, notPointwise } from "../../../src/ops/shared/windows/depthwise-convolution.js";
import { paddingOutsideStride } from "../../../src/ops/shared/windows/output-padding.js";
import { notPlaces, notSizes } from "../../../src/ops/shared/windows/sizes.js";
import { paddedAway } from "../../../src/types/transposed-window.js";
import { fix, replace } from "../edits.js";
import { rule } from "./rule.js";

export const windowSizes = rule({
  id: "window-sizes",
  title: "A size that is none",
  help: "Strides, dilations, groups and the sizes of windows are positive integers.",
  message: notSizes,
  explain: ({ op, option, given }, { argument }) => ({
    what: `${op} was given ${given} for ${option}, which are positive integers.`,
    fix: fix(`Leave ${option} out, or begin with 1:`, replace(argument, "1")),
  }),
});

export const windowPlaces = rule({
  id: "window-places",
  title: "No number of places",
  help: "Padding and cropping say how many places there are before and after an axis: an integer from 0, or one for each.",
  message: notPlaces,
  explain: ({ op, option, given }) => ({
    what: `${op} was given ${given} for ${option}, which says how many places there are.`,
    fix: fix(`Give integers from 0 for ${option}.`),
  }),
});

export const channelGroups = rule({
  id: "channel-groups",
  title: "Groups that do not divide evenly",
  help: "With groups, channels and filters are divided evenly among them: each filter sees its group's channels.",
  message: unequalGroups,
  explain: ({ op, size, what, groups }) => ({
    what: `${op} divides its ${what} into ${groups} groups, but ${size} do not divide evenly by ${groups}.`,
    fix: fix(`Take a number of groups that divides ${size}, or another number of ${what}.`),
  }),
});

export const filterSizes = rule({
  id: "filter-sizes",
  title: "A filter whose windows have a name",
  help: "A filter's windows are of sizes that are numbers: where they begin and end is known when the model is written.",
  message: namedFilterSize,
  explain: ({ op, filter }) => ({
    what: `The windows of ${op} are as large as the first axes of its filter ${filter}, of which one is a name.`,
    fix: fix("Give the filter's first axes numbers; only its last one may have a name."),
  }),
});

export const filterMultiplier = rule({
  id: "filter-multiplier",
  title: "A multiplier that is a name",
  help: "A depthwise filter is [axes, channels, multiplier], and makes multiplier channels of each: a number.",
  message: namedMultiplier,
  explain: ({ op, filter }) => ({
    what: `${op} makes as many channels of each as the last axis of its filter ${filter} says, which is a name.`,
    fix: fix("Give the filter's last axis a number."),
  }),
});

export const emptyWindows = rule({
  id: "empty-windows",
  title: "Windows that lie in the padding",
  help: "A pool's windows hold an element at least, so what stands around is less than a window: of what lies outside nothing is taken.",
  message: withinPadding,
  explain: ({ op, n, before, after }) => ({
    what: `The padding of ${op} is [${before}, ${after}], and a window of ${n} would lie in it as a whole.`,
    fix: fix('Take less padding than a window has places, or padding "same".'),
  }),
});

export const dilatedStrides = rule({
  id: "dilated-strides",
  title: "Strides and dilations at once",
  help: "A convolution has strides or dilations above 1, not both: no backend has kernels for that.",
  message: stridedAndDilated,
  explain: ({ op }, { argument }) => ({
    what: `${op} was given strides and dilations above 1, of which it takes only one.`,
    fix: fix("Without dilations:", replace(argument, "1")),
  }),
});

export const nothingIsLeft = rule({
  id: "transposed-padding",
  title: "Padding that cuts off everything",
  help: "Numbers of padding cut off the edges of what a transposed convolution makes: (size - 1) · stride + kernel - padding are left.",
  message: paddedAway,
  explain: ({ op, axis, n, kernel, padding }) => ({
    what: `${op} spreads an axis ${axis} of ${n} by a kernel of ${kernel}, and padding ${padding} cuts off all of it.`,
    fix: fix('Take less padding, or padding "same", which gives the size times the stride.'),
  }),
});

export const outsideStride = rule({
  id: "output-padding",
  title: "An output padding that is no place within a stride",
  help: "A stride of s makes one size of s sizes; outputPadding says which of them a transposed convolution gives, from 0, the smallest, to s - 1.",
  message: paddingOutsideStride,
  explain: ({ op, given, strides }) => ({
    what: `${op} has an outputPadding of ${given} with strides ${strides}: it is 0 or more, and less than the stride.`,
    fix: fix("Take a smaller number, or larger strides."),
  }),
});

export const pointwiseFilter = rule({
  id: "pointwise-filter",
  title: "A pointwise filter with other axes",
  help: "The second filter of a separable convolution mixes the channels of each place by itself: its windows are of size 1, and it takes all channels that the first one makes.",
  message: notPointwise,
  explain: ({ op, axes, channels, filter }) => ({
    what: `The second filter of ${op} is [${axes}, ${channels}, filters], but this is ${filter}.`,
    fix: fix(`Make it [${axes}, ${channels}, …], with the number of filters at the end.`),
  }),
});

export const dividedAxis = rule({
  id: "divided-axis",
  title: "A named axis that is divided",
  help: "Windows of adaptive pooling are cut when the model is built, so what they are cut of has numbers for sizes.",
  message: dividedName,
  explain: ({ op, axis, name }) => ({
    what: `${op} divides the ${axis}, but that is only known as "${name}" when the model is built.`,
    fix: fix(`Give the input a number for "${name}", or pool over all of it with ${globalPool(op)}().`),
  }),
});

function globalPool(op: string): string {
  return op.replace("adaptive", "global");
}

export const filterWithoutOptions = rule({
  id: "filter-without-options",
  title: "A filter without options",
  help: "A convolution with a filter of its own takes options, so that it is told from the layer, which makes its filter.",
  message: filterAlone,
  explain: ({ op }, { argument }) => ({
    what: `${op} was given a filter and no options.`,
    fix: fix("Options may be empty:", replace(argument, `${argument.getText()}, {}`)),
  }),
});
