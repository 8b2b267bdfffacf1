import {
  bartlett,
  blackman,
  fft,
  fft2,
  hamming,
  hann,
  ifft,
  ifft2,
  input,
  irfft,
  istft,
  kaiser,
  melSpectrogram,
  rfft,
  sequential,
  stft,
  stftSpectrogram,
} from "shapewright";

// Rejected programs of Fourier transforms, as in rejected.ts.

const signal = input(["batch", 128]);

/** What is no pair of parts. */
export const parts = {
  "fft: the real parts are [batch, 128], but the imaginary ones [batch, 64]": () =>
    // @ts-expect-error
    fft([signal, input(["batch", 64])]),
  "ifft: the real parts are [batch, 128], but the imaginary ones [128]": () =>
    // @ts-expect-error
    ifft([signal, input([128])]),
  "irfft: the real parts are [batch, 128], but the imaginary ones [samples, 128]": () =>
    // @ts-expect-error
    irfft([signal, input(["samples", 128])]),
  "fft2: the real parts are [batch, 128], but the imaginary ones [batch, 127]": () =>
    // @ts-expect-error
    fft2([signal, input(["batch", 127])]),
  "fft: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    fft([signal, input(["batch", 128], "int32")]),
  "irfft: takes float32, got bool; use cast() first": () =>
    // @ts-expect-error
    irfft([input(["batch", 128], "bool"), signal]),
};

/** What has no axis to transform along, and lengths that are none. */
export const lengths = {
  "fft: axis -1 is out of range for [] (a scalar has no axes)": () =>
    // @ts-expect-error
    fft([input([]), input([])]),
  "rfft: axis -1 is out of range for [] (a scalar has no axes)": () =>
    // @ts-expect-error
    rfft(input([])),
  "rfft: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    rfft(input(["batch", 8], "int32")),
  "ifft2: takes rows and columns on the last two axes, got [128]": () =>
    // @ts-expect-error
    ifft2([input([128]), input([128])]),
  'rfft: 0 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    rfft(signal, 0),
  'irfft: 2.5 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    irfft([signal, signal], 2.5),
};

const frames = input(["batch", "frames", 5]);

/** Transforms in frames, and windows. */
export const shortTime = {
  "stft: fftLength 4 is less than sequenceLength 8": () =>
    // @ts-expect-error
    stft(signal, 8, 4, 4),
  "stft: [batch, 128] has 128 samples, but fftLength 256 takes 129 or more": () =>
    // @ts-expect-error
    stft(signal, 256, 128, 256),
  "stft: [batch, 128] has 128 samples, but fftLength 129 takes 129 or more": () =>
    // @ts-expect-error
    stft(signal, 128, 64, 129, { center: false }),
  'stft: 0 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    stft(signal, 8, 0, 8),
  "stft: axis -1 is out of range for [] (a scalar has no axes)": () =>
    // @ts-expect-error
    stft(input([]), 8, 4, 8),
  "istft: a transform of fftLength 16 has 9 frequencies, but [batch, frames, 5] has 5": () =>
    // @ts-expect-error
    istft([frames, frames], 16, 8, 16),
  "istft: takes rows and columns on the last two axes, got [5]": () =>
    // @ts-expect-error
    istft([input([5]), input([5])], 8, 4, 8),
  "istft: the real parts are [batch, frames, 5], but the imaginary ones [frames, 5]": () =>
    // @ts-expect-error
    istft([frames, input(["frames", 5])], 8, 4, 8),
  "istft: fftLength 8 is less than sequenceLength 16": () =>
    // @ts-expect-error
    istft([frames, frames], 16, 4, 8),
  'hann: 0 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    hann(0),
  'hamming: 0 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    hamming(0),
  'blackman: 0 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    blackman(0),
  'bartlett: 0 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    bartlett(0),
  'kaiser: 1.5 is not a dim; write a positive integer, or a name such as "batch"': () =>
    // @ts-expect-error
    kaiser(1.5, 14),
};

/** Spectrograms. */
export const spectrograms = {
  "melSpectrogram: [batch, 1000] has 1000 samples, but fftLength 2048 takes 1025 or more": () =>
    // @ts-expect-error
    melSpectrogram(input(["batch", 1000])),
  "melSpectrogram: [batch, 128] has 128 samples, but fftLength 256 takes 129 or more": () =>
    // @ts-expect-error
    sequential(signal, melSpectrogram({ fftLength: 256 })),
  "melSpectrogram: axis -1 is out of range for [] (a scalar has no axes)": () =>
    // @ts-expect-error
    melSpectrogram(input([])),
  "melSpectrogram: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    melSpectrogram(input(["batch", 4000], "int32")),
  'stftSpectrogram: kernel 256 is larger than axis time of size 100 (padding "valid")': () =>
    // @ts-expect-error
    stftSpectrogram(input(["batch", 100, 1])),
  "stftSpectrogram: takes [batch, time, channels], got [batch, 1000]": () =>
    // @ts-expect-error
    stftSpectrogram(input(["batch", 1000])),
  "stftSpectrogram: frameLength is 0, but must be a positive integer": () =>
    // @ts-expect-error
    stftSpectrogram(input(["batch", 1000, 1]), { frameLength: 0 }),
  "stftSpectrogram: frameStep 17 is more than frameLength 16": () =>
    // @ts-expect-error
    stftSpectrogram(input(["batch", 1000, 1]), { frameLength: 16, frameStep: 17 }),
  "stftSpectrogram: frameStep 257 is more than frameLength 256": () =>
    // @ts-expect-error
    stftSpectrogram(input(["batch", 1000, 1]), { frameStep: 257 }),
  "stftSpectrogram: fftLength 15 is less than frameLength 16": () =>
    // @ts-expect-error
    stftSpectrogram(input(["batch", 1000, 1]), { frameLength: 16, fftLength: 15 }),
  "stftSpectrogram: fftLength is 0, but must be a positive integer": () =>
    // @ts-expect-error
    stftSpectrogram(input(["batch", 1000, 1]), { fftLength: 0 }),
  "stftSpectrogram: takes float32, got int32; use cast() first": () =>
    // @ts-expect-error
    sequential(input(["batch", 1000, 1], "int32"), stftSpectrogram()),
  "irfft: one frequency may be of 1 sample: say it with fftLength": () =>
    // @ts-expect-error
    irfft([input(["batch", 1]), input(["batch", 1])]),
  "istft: of one frame, nothing stands between the middles of the first and the last; say how many samples by length":
    () =>
      // @ts-expect-error
      istft([input(["batch", 1, 5]), input(["batch", 1, 5])], 8, 4, 8),
};
