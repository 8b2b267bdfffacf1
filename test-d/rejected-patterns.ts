import { input, rearrange, reduce } from "shapewright";

// Rejected programs of patterns, as in rejected.ts.

const text = input(["batch", "time", 512]);
const ids = input(["batch", 3], "int32");

/** Patterns by themselves. */
export const patterns = {
  "rearrange: b t c has no ->": () =>
    // @ts-expect-error
    rearrange(text, "b t c"),
  "rearrange: t) does not name an axis": () =>
    // @ts-expect-error
    rearrange(text, "b t) c -> b c"),
  "rearrange: 2 does not name an axis": () =>
    // @ts-expect-error
    rearrange(text, "b t (c 2) -> b t c"),
  "rearrange: ... does not name an axis": () =>
    // @ts-expect-error
    rearrange(text, "b (... c) -> b"),
  "rearrange: axis b is named twice on one side": () =>
    // @ts-expect-error
    rearrange(text, "b t b -> t b"),
  "rearrange: axis t does not go out; reduce() takes axes away": () =>
    // @ts-expect-error
    rearrange(text, "b t c -> b c"),
  "rearrange: axis n does not come in": () =>
    // @ts-expect-error
    rearrange(text, "b t c -> b t c n"),
  "reduce: axis d does not come in": () =>
    // @ts-expect-error
    reduce(text, "b t c -> b d", "mean"),
};

/** Patterns for other shapes. */
export const otherShapes = {
  "rearrange: b t -> t b does not name the axes of [batch, time, 512]": () =>
    // @ts-expect-error
    rearrange(text, "b t -> t b"),
  "rearrange: a b ... c d -> a b ... c d does not name the axes of [batch, time, 512]": () =>
    // @ts-expect-error
    rearrange(text, "a b ... c d -> a b ... c d"),
  "rearrange: the sizes of h d are not said; say all but one": () =>
    // @ts-expect-error
    rearrange(text, "b t (h d) -> b h t d"),
  "rearrange: h d of [batch, time, 512]: 512 is not a multiple of 7": () =>
    // @ts-expect-error
    rearrange(text, "b t (h d) -> b h t d", { h: 7 }),
  "rearrange: h d of [batch, time, 512] is 512, not 56": () =>
    // @ts-expect-error
    rearrange(text, "b t (h d) -> b h t d", { h: 7, d: 8 }),
  "rearrange: 1 of [batch, time, 512] is time, not 1": () =>
    // @ts-expect-error
    rearrange(text, "b 1 c -> b c"),
  "rearrange: the pattern has no axis q": () =>
    // @ts-expect-error
    rearrange(text, "b t c -> t b c", { q: 7 }),
  "reduce: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    reduce(ids, "b c -> b", "mean"),
  "reduce: a -> a does not name the axes of [batch, 3]": () =>
    // @ts-expect-error
    reduce(ids, "a -> a", "sum"),
};
