import { ts } from "ts-morph";
import { notColours } from "../../../src/layers/augmentation/colours.js";
import { notCoordinates } from "../../../src/ops/mapCoordinates.js";
import { notThreeChannels } from "../../../src/ops/shared/colours.js";
import { channelsNotNumber, notFilter, unequalChannels } from "../../../src/ops/shared/windows/check-convolution.js";
import { notImages } from "../../../src/ops/shared/windows/images.js";
import { notPerImage } from "../../../src/ops/shared/windows/per-image.js";
import type { Dim } from "../../../src/types/dim.js";
import { windowTooLarge } from "../../../src/types/window.js";
import { fix, insertAfter, insertBefore, option, parseShape, replace, setOption, shapeAsCode, wrap } from "../edits.js";
import { exported } from "../exported.js";
import type { Edit, Fix } from "../finding.js";
import { calledName } from "../names.js";
import { shapeLiteral } from "../shape-literal.js";
import { writtenShape } from "../shapes.js";
import { layerNumber, type Site } from "../site.js";
import { firstOf, rule } from "./rule.js";

export const imageRank = rule({
  id: "image-rank",
  title: "Not a batch of images",
  help: "Convolution and pooling take [batch, height, width, channels]; those of one dimension [batch, time, channels], of three [batch, depth, height, width, channels]. Grey images have one channel: [batch, 28, 28, 1].",
  message: notImages,
  explain({ op, axes, shape }, site) {
    const noun = nouns[axes.split(", ").length - 1]!;
    const what = `${op} takes ${noun} as [batch, ${axes}, channels], but this is ${shape}.`;
    if (noun === "images") return { what, fix: imageFix(parseShape(shape) ?? [], shape, op, site) };
    return { title: `Not a batch of ${noun}`, what, fix: otherFix(shape, axes, noun, op, site) };
  },
});

export const colourChannels = rule({
  id: "colour-channels",
  title: "Not colours",
  help: "What changes hues and saturations takes red, green and blue, in a last axis of 3. Grey images have one number for a pixel, which brightness, contrast and sharpness change.",
  message: notColours,
  explain({ op, shape }) {
    const channels = parseShape(shape)?.[3];
    const what = `${op} changes the colours of images, [batch, height, width, 3], but this is ${shape}.`;
    const words =
      channels === 4
        ? "Of red, green, blue and alpha, take the first three: slice() before it."
        : "Leave it out for images that have no colours, or change randomBrightness, randomContrast or randomSharpness.";
    return { what, fix: fix(words) };
  },
});

export const colours = rule({
  id: "three-channels",
  title: "Not colours of three channels",
  help: "Colours are three numbers, red, green and blue or hue, saturation and value, which stand along the last axis.",
  message: notThreeChannels,
  explain: ({ op, shape }) => ({
    what: `${op} takes colours, but along the last axis ${shape} has not three numbers.`,
    fix: fix("Bring the channels to the end with moveAxis(x, axis, -1). Grey images have no colours to change."),
  }),
});

export const perImage = rule({
  id: "one-per-image",
  title: "Neither one for all images nor one for each",
  help: "How images are moved is said once for all of them, or for each image of the batch.",
  message: notPerImage,
  explain: ({ op, what, a, b, shape }) => ({
    what: `${op} takes ${what} as ${a} for all images, or as ${b} for each of them, but this is ${shape}.`,
    fix: fix(`Give ${a}, or with an axis for the batch in front ${b}.`),
  }),
});

export const coordinateForEachAxis = rule({
  id: "coordinates",
  title: "Not a coordinate for each axis",
  help: "mapCoordinates() takes a tensor of places, along whose first axis stands where they are along each axis of the other.",
  message: notCoordinates,
  explain: ({ a, rank, b }) => ({
    what: `${a} has ${rank} axes, but ${b} does not begin with ${rank}.`,
    fix: fix("Stack the coordinates along the first axis: stack([rows, columns])."),
  }),
});

/** What has one, two or three spatial axes. */
const nouns = ["sequences", "images", "volumes"];

/** What an op moves its windows over. */
function nounOf(op: string): string {
  return nouns[Number(/(\d)d/.exec(op)?.[1] ?? 2) - 1]!;
}

function otherFix(shape: string, axes: string, noun: string, op: string, { argument, checker }: Site): Fix {
  const rank = (parseShape(shape) ?? []).length - 2;
  const fitting = op.replace(/\dd/, `${rank}d`);
  const isOther = fitting !== op && exported(checker, argument.getSourceFile()).has(fitting);
  const words = `${shape} are no ${noun}. Reshape them to [batch, ${axes}, channels]`;
  return fix(isOther ? `${words}, or use ${fitting}() in place of ${op}().` : `${words}.`);
}

function imageFix(shape: readonly (Dim | undefined)[], text: string, op: string, site: Site): Fix {
  const value = imageOf(site);
  const literal = value && shapeLiteral(site.checker, value, ["input"]);
  const batched = typeof shape[0] === "string";
  if (shape.length === 3 && batched && changesColours.test(op)) {
    return fix(`${op} changes red, green and blue, which stand in a last axis of 3: leave it out for grey images.`);
  }
  // What has names for other axes is a sequence, or of no size that windows could be put on.
  const isImage = shape.slice(1).every((size) => typeof size === "number");
  if (shape.length === 3 && batched && !isImage && shape.some((size, i) => i > 0 && typeof size === "number")) {
    return fix(
      `${text} is a sequence rather than images. Reshape it to [batch, height, width, channels], or use the op of 1d.`,
    );
  }
  if (shape.length === 3 && literal) {
    const missing = batched
      ? insertAfter(literal.elements.at(-1)!, ", 1")
      : insertBefore(literal.elements[0]!, '"batch", ');
    return batched
      ? fix("The channel axis is missing. Grey images have one channel:", missing)
      : fix("The batch axis is missing. The first axis counts the samples:", missing);
  }
  if (shape.length === 3 && batched && layerNumber(site) === undefined) {
    return fix(
      "The channel axis is missing: reshape to one channel.",
      wrap(site.argument, "reshape", shapeAsCode([...shape, 1])),
    );
  }
  const flattened = flattenBefore(site);
  if (flattened) {
    return fix(`Images are flattened too early: put ${op} before flatten().`, swapped(flattened, site.argument));
  }
  const side = Math.sqrt(Number(shape[1]));
  if (shape.length === 2 && batched && Number.isInteger(side) && value && /^\w+$/.test(String(shape[0]))) {
    const wanted = shapeAsCode([shape[0], side, side, 1]);
    return fix(
      `These are rows of ${shape[1]} numbers. If they are images of ${side} × ${side}, reshape them:`,
      wrap(value, "reshape", wanted),
    );
  }
  return fix(
    `${text} are no images. Reshape them to [batch, height, width, channels], or use dense() in place of ${op}().`,
  );
}

const changesColours = /Colou?r|Hue|Saturation|Grayscale/;

/** The images: the argument itself, or, for the first layer of a `sequential`, what goes into that. */
function imageOf(site: Site): ts.Expression | undefined {
  const layer = layerNumber(site);
  return layer === undefined ? site.argument : layer === 0 ? site.call.arguments[0] : undefined;
}

/** A `flatten()` right before the layer that is wrong. */
function flattenBefore(site: Site): ts.Expression | undefined {
  const layer = layerNumber(site);
  const before = layer === undefined ? undefined : site.call.arguments[layer];
  return before && ts.isCallExpression(before) && calledName(before) === "flatten" ? before : undefined;
}

function swapped(a: ts.Node, b: ts.Node): Edit[] {
  return [replace(a, b.getText()), replace(b, a.getText())];
}

export const windowSize = rule({
  id: "window-size",
  title: "The window is larger than the image",
  help: 'With padding "valid", a kernel or pool fits into the image. With padding "same", the image is padded. Channels stand last: [batch, height, width, channels].',
  message: windowTooLarge,
  explain({ op, kernel, axis, n }, site) {
    const what = `${op} moves a window of ${kernel} over the ${nounOf(op)}, but their ${axis} is only ${n} here.`;
    const first = channelsFirst(site);
    return {
      what,
      ...(first ? { fix: first } : firstOf([paddedOrSmaller(op, n, site), ...smaller(op, n, site)], fix(what))),
    };
  },
});

/** The layer with a window that fits, where its size is written. */
function smaller(op: string, size: string, site: Site): Fix[] {
  const holder = layerNumber(site) === undefined ? site.call : site.argument;
  const options = ts.isCallExpression(holder) ? holder.arguments.at(-1) : undefined;
  const written = option(options, /pool/i.test(op) ? "poolSize" : "kernelSize");
  if (!written || !ts.isNumericLiteral(written) || !/^\d+$/.test(size) || size === "1") return [];
  return [fix(`A window that fits, of ${size}:`, replace(written, size))];
}

const likelyChannels = [1, 3, 4];

/** Images that come in as [batch, channels, height, width], as PyTorch has them. */
function channelsFirst(site: Site): Fix | undefined {
  const first = firstShape(site);
  if (first?.shape.length !== 4) return undefined;
  const [batch, channels, height, width] = first.shape;
  const small = typeof channels === "number" && likelyChannels.includes(channels);
  const large = [height, width].every((size) => typeof size === "number" && size > likelyChannels.at(-1)!);
  if (!small || !large) return undefined;
  const wanted = shapeAsCode([batch, height, width, channels]);
  return fix(
    `Channels stand last, so an image of ${height} × ${width} with ${channels} channels is ${wanted}.`,
    replace(first.literal, wanted),
  );
}

function firstShape({ argument, call, checker }: Site) {
  const value = calledName(call) === "sequential" ? call.arguments[0]! : argument;
  const literal = shapeLiteral(checker, value, ["input"]);
  return literal && { literal, shape: writtenShape(literal) };
}

function paddedOrSmaller(op: string, size: string, site: Site): Fix {
  const layer = layerNumber(site);
  const holder = layer === undefined ? site.call : site.argument;
  const options = ts.isCallExpression(holder) ? holder.arguments.at(-1) : undefined;
  const pool = /^(max|average)Pool/.test(op);
  if (pool && size === "1") {
    return fix("Nothing is left to pool: leave this layer out, or start with larger images.", removeLayer(site));
  }
  const words = `Make the window ${size} or smaller, or keep the ${nounOf(op)}' size with padding "same":`;
  if (options && ts.isObjectLiteralExpression(options)) return fix(words, setOption(options, "padding", '"same"'));
  if (ts.isCallExpression(holder) && holder.arguments.length === 0) {
    return fix(words, replace(holder, `${holder.expression.getText()}({ padding: "same" })`));
  }
  return fix(words);
}

/** Takes a layer out of a `sequential`, with the comma behind it. */
function removeLayer({ argument, call }: Site): Edit[] {
  const next = call.arguments[call.arguments.indexOf(argument) + 1];
  if (calledName(call) !== "sequential" || !next) return [];
  return [{ ...replace(argument, ""), end: next.getStart() }];
}

export const channelName = rule({
  id: "channel-name",
  title: "Channels without a number",
  help: "A convolution's weights are as deep as the images' channels, so their number is known when the model is written.",
  message: channelsNotNumber,
  explain: ({ op, shape, name }) => ({
    what: `The filters of ${op} are as deep as the channels of ${shape}, so their number must be known, and "${name}" is none.`,
    fix: fix(`Write the number in place of "${name}" where the shape is given: 3 for colour, 1 for grey images.`),
  }),
});

export const filterChannels = rule({
  id: "filter-channels",
  title: "A filter for another number of channels",
  help: "A filter is [height, width, channels, filters], with as many channels as the images have.",
  message: unequalChannels,
  explain({ op, shape, filter, m, among, n }, { argument, checker }) {
    const what = `The ${nounOf(op)} ${shape} have ${m} channels${among}, but the filter ${filter} is made for ${n}.`;
    if (among !== "") {
      return {
        what,
        fix: fix(`A filter sees the channels of its group: as many as there are${among}, divided evenly.`),
      };
    }
    const literal = shapeLiteral(checker, argument, ["variable"]);
    const [a, b, c, d] = parseShape(filter) ?? [];
    if (literal && !op.endsWith("Transpose") && String(b) === m && c === d) {
      const wanted = shapeAsCode([c, d, b, a]);
      return {
        what,
        fix: fix(
          `A filter is [height, width, channels, filters], not channels first: ${wanted}.`,
          replace(literal, wanted),
        ),
      };
    }
    const isTransposed = op.endsWith("Transpose");
    const words = `Give the filter ${m} channels: they stand ${isTransposed ? "behind" : "before"} its number of filters.`;
    const written = literal?.elements.at(isTransposed ? -1 : -2);
    return { what, fix: written ? fix(words, replace(written, m)) : fix(words) };
  },
});

export const filterRank = rule({
  id: "filter-rank",
  title: "A filter with other axes",
  help: "A filter of conv2d is [height, width, channels, filters], of conv1d [time, channels, filters], of conv3d [depth, height, width, channels, filters]. Transposed, the last two change places; depthwise, they are channels and multiplier.",
  message: notFilter,
  explain: ({ op, axes, ends, filter }) => ({
    what: `A filter of ${op} is [${axes}, ${ends}], but this is ${filter}.`,
    fix: fix("Add what is missing: usually the channels (1 for grey images), or the number of filters at the end."),
  }),
});
