import {
  adaptiveAveragePooling2d,
  adaptiveMaxPooling1d,
  adaptiveMaxPooling3d,
  averagePool1d,
  averagePool2d,
  averagePool3d,
  averagePooling1d,
  averagePooling2d,
  globalAveragePooling3d,
  globalMaxPooling1d,
  globalMaxPooling2d,
  input,
  maxPool1d,
  maxPool3d,
  maxPooling1d,
  maxPooling3d,
  zeroPadding3d,
} from "shapewright";

// Rejected programs of windows without weights, as in rejected.ts.

const series = input(["batch", 100, 8]);
const images = input(["batch", 28, 28, 3]);
const videos = input(["batch", 16, 28, 28, 3]);

/** Windows that do not fit. */
export const pools = {
  "averagePool1d: takes [batch, time, channels], got [batch, 28, 28, 3]": () =>
    // @ts-expect-error
    averagePool1d(images, { poolSize: 2 }),
  "averagePool2d: takes [batch, height, width, channels], got [batch, 100, 8]": () =>
    // @ts-expect-error
    averagePool2d(series, { poolSize: 2 }),
  "averagePool3d: takes [batch, depth, height, width, channels], got [batch, 28, 28, 3]": () =>
    // @ts-expect-error
    averagePool3d(images, { poolSize: 2 }),
  'maxPool1d: kernel 101 is larger than axis time of size 100 (padding "valid")': () =>
    // @ts-expect-error
    maxPool1d(series, { poolSize: 101 }),
  'maxPool3d: kernel 17 is larger than axis depth of size 16 (padding "valid")': () =>
    // @ts-expect-error
    maxPool3d(videos, { poolSize: 17 }),
  'averagePooling1d: kernel 101 is larger than axis time of size 100 (padding "valid")': () =>
    // @ts-expect-error
    averagePooling1d(series, { poolSize: 101 }),
  'averagePooling2d: kernel 29 is larger than axis height of size 28 (padding "valid")': () =>
    // @ts-expect-error
    averagePooling2d(images, { poolSize: 29 }),
  "maxPooling1d: takes [batch, time, channels], got [batch, 28, 28, 3]": () =>
    // @ts-expect-error
    maxPooling1d(images, { poolSize: 2 }),
  "maxPooling3d: takes [batch, depth, height, width, channels], got [batch, 28, 28, 3]": () =>
    // @ts-expect-error
    maxPooling3d(images, { poolSize: 2 }),
  "adaptiveAveragePooling2d: takes [batch, height, width, channels], got [batch, 100, 8]": () =>
    // @ts-expect-error
    adaptiveAveragePooling2d(series, { outputSize: 2 }),
  "adaptiveMaxPooling1d: takes [batch, time, channels], got [batch, 28, 28, 3]": () =>
    // @ts-expect-error
    adaptiveMaxPooling1d(images, { outputSize: 2 }),
  "adaptiveMaxPooling3d: takes [batch, depth, height, width, channels], got [batch, 28, 28, 3]": () =>
    // @ts-expect-error
    adaptiveMaxPooling3d(images, { outputSize: 2 }),
  "globalAveragePooling3d: takes [batch, depth, height, width, channels], got [batch, 28, 28, 3]": () =>
    // @ts-expect-error
    globalAveragePooling3d(images),
  "globalMaxPooling1d: takes [batch, time, channels], got [batch, 28, 28, 3]": () =>
    // @ts-expect-error
    globalMaxPooling1d(images),
  "globalMaxPooling2d: takes [batch, height, width, channels], got [batch, 100, 8]": () =>
    // @ts-expect-error
    globalMaxPooling2d(series),
  "zeroPadding3d: takes [batch, depth, height, width, channels], got [batch, 28, 28, 3]": () =>
    // @ts-expect-error
    zeroPadding3d(images, { padding: 1 }),
};
