import {
  bartlett,
  blackman,
  type Dim,
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
  multiply,
  rfft,
  type Shape,
  sequential,
  stft,
  stftSpectrogram,
  type Tensor,
} from "shapewright";
import { expectType } from "tsd";

// Fourier transforms.

const signal = input(["batch", 128]);
declare const anything: Tensor<any>;
declare const partly: Tensor<["batch", number]>;

expectType<Tensor<["batch", 128]>>(fft([signal, signal])[1]);
expectType<Tensor<["batch", 128]>>(ifft(fft([signal, signal]))[1]);
expectType<Tensor<[5]>>(fft([input([5]), input([5])])[1]);
expectType<Tensor<any>>(fft([anything, anything])[1]);
expectType<Tensor<["batch", number]>>(fft([partly, signal])[1]);
const image = input([1, 2, "batch", 3, "height", 8]);
expectType<Tensor<[1, 2, "batch", 3, "height", 8]>>(fft2([image, image])[0]);
expectType<Tensor<[1, 2, "batch", 3, "height", 8]>>(ifft2(fft2([image, image]))[0]);

expectType<Tensor<["batch", 65]>>(rfft(signal)[1]);
expectType<Tensor<["batch", 3]>>(rfft(input(["batch", 5]))[1]);
expectType<Tensor<["batch", "floor(time/2)+1"]>>(rfft(input(["batch", "time"]))[1]);
expectType<Tensor<["batch", 129]>>(rfft(signal, 256)[1]);
expectType<Tensor<["batch", 33]>>(rfft(input(["batch", "time"]), 64)[1]);
expectType<Tensor<["batch", number]>>(rfft(partly)[1]);
expectType<Tensor<any>>(rfft(anything)[1]);

const half = input(["batch", 65]);
expectType<Tensor<["batch", 128]>>(irfft([half, half]));
expectType<Tensor<["batch", 129]>>(irfft([half, half], 129));
expectType<Tensor<["batch", "frequencies*2-2"]>>(
  irfft([input(["batch", "frequencies"]), input(["batch", "frequencies"])]),
);
expectType<Tensor<["batch", "time"]>>(irfft(rfft(input(["batch", "time"])), "time"));
expectType<Tensor<any>>(irfft([anything, anything]));

/** A filter in the frequencies, for any axes before. */
function filtered<const B extends Shape, N extends Dim>(x: Tensor<[...B, N]>, length: N): Tensor<[...B, N]> {
  const [real, imaginary] = rfft(x, length);
  return irfft([multiply(real, 0.5), multiply(imaginary, 0.5)], length);
}
expectType<Tensor<["batch", 2, "time"]>>(filtered(input(["batch", 2, "time"]), "time"));

/** There and back. */
function same<const S extends Shape>(x: Tensor<S>): [Tensor<S>, Tensor<S>] {
  return ifft(fft([x, x]));
}
expectType<Tensor<["batch", 128]>>(same(signal)[1]);

expectType<Tensor<[256]>>(hann(256, { periodic: true }));
expectType<Tensor<[8]>>(hamming(8));
expectType<Tensor<[8]>>(blackman(8));
expectType<Tensor<[8]>>(bartlett(8));
expectType<Tensor<[8]>>(kaiser(8, 14));
declare const n: number;
expectType<Tensor<[number]>>(hann(n));

expectType<Tensor<["batch", 126, 129]>>(stft(input(["batch", 16000]), 256, 128, 256)[0]);
expectType<Tensor<["batch", 124, 129]>>(stft(input(["batch", 16000]), 256, 128, 256, { center: false })[1]);
expectType<Tensor<["batch", 2, "floor(time/128)+1", 129]>>(stft(input(["batch", 2, "time"]), 256, 128, 256)[0]);
expectType<Tensor<[number, 5]>>(stft(input([100]), 8, n, 8, { window: null })[0]);
expectType<Tensor<["batch", number, number]>>(stft(signal, 8, 4, n)[0]);
expectType<Tensor<any>>(stft(anything, 8, 4, 8)[0]);

expectType<Tensor<["batch", 16000]>>(istft(stft(input(["batch", 16000]), 256, 128, 256), 256, 128, 256));
const frames = input(["batch", "frames", 5]);
expectType<Tensor<["batch", "frames*4-4"]>>(istft([frames, frames], 8, 4, 8));
expectType<Tensor<["batch", "frames*4+4"]>>(istft([frames, frames], 8, 4, 8, { center: false }));
expectType<Tensor<["batch", "time"]>>(istft([frames, frames], 8, 4, 8, { length: "time" }));
expectType<Tensor<any>>(istft([anything, anything], 8, 4, 8));

/** A mask upon a spectrogram, for any signals. */
function masked<const B extends Shape, N extends Dim>(x: Tensor<[...B, N]>, samples: N): Tensor<[...B, N]> {
  const [real, imaginary] = stft(x, 64, 32, 64);
  return istft([multiply(real, 0.5), multiply(imaginary, 0.5)], 64, 32, 64, { length: samples });
}
expectType<Tensor<["batch", 1000]>>(masked(input(["batch", 1000]), 1000));

const second = input(["batch", 16000]);
expectType<Tensor<["batch", 128, 32]>>(melSpectrogram(second));
expectType<Tensor<["batch", 80, 101]>>(melSpectrogram(second, { fftLength: 512, sequenceStride: 160, numMelBins: 80 }));
expectType<Tensor<["batch", 2, 40, "floor(time/512)+1"]>>(
  melSpectrogram(input(["batch", 2, "time"]), { numMelBins: 40 }),
);
expectType<Tensor<["batch", 128, 32]>>(sequential(second, melSpectrogram()));
expectType<Tensor<any>>(melSpectrogram(anything));

const mono = input(["batch", 16000, 1]);
expectType<Tensor<["batch", 124, 129]>>(stftSpectrogram(mono));
expectType<Tensor<["batch", 124, 129, 1]>>(stftSpectrogram(mono, { expandDims: true }));
expectType<Tensor<["batch", 160, 1028]>>(
  stftSpectrogram(input(["batch", 16000, 2]), {
    frameLength: 400,
    frameStep: 100,
    padding: "same",
    mode: "psd",
    fftLength: 1026,
  }),
);
expectType<Tensor<["batch", 250, 514, 1]>>(
  stftSpectrogram(mono, { frameLength: 300, frameStep: 64, mode: "stft", expandDims: true, padding: "same" }),
);
expectType<Tensor<["batch", "floor(time/4)-1", "channels*5"]>>(
  stftSpectrogram(input(["batch", "time", "channels"]), { frameLength: 8 }),
);
expectType<Tensor<["batch", 124, 129]>>(sequential(mono, stftSpectrogram({ mode: "angle" })));
expectType<Tensor<any>>(stftSpectrogram(anything));
expectType<Tensor<["batch", 16000, 1]>>(stftSpectrogram(mono, { frameLength: 1 }));

/** Frames of any length. */
function framed<F extends number>(frameLength: F, fftLength: F) {
  return stftSpectrogram(mono, { frameLength, frameStep: frameLength, fftLength });
}
expectType<Tensor<["batch", 2000, 5]>>(framed(8, 8));

/** Bands of any signals. */
function bands<const B extends Shape>(x: Tensor<[...B, 16000]>): Tensor<[...B, 64, 32]> {
  return melSpectrogram(x, { numMelBins: 64 });
}
expectType<Tensor<["batch", 64, 32]>>(bands(second));

// One frequency or frame is enough where it is said how many samples there are; generic sizes are taken to be.
expectType<Tensor<["batch", 1]>>(irfft([input(["batch", 1]), input(["batch", 1])], 1));
expectType<Tensor<["batch", 4]>>(istft([input(["batch", 1, 5]), input(["batch", 1, 5])], 8, 4, 8, { length: 4 }));
expectType<Tensor<["batch", 8]>>(istft([input(["batch", 1, 5]), input(["batch", 1, 5])], 8, 4, 8, { center: false }));
export const back = <B extends Dim, N extends Dim>(x: Tensor<[B, N]>, y: Tensor<[B, N, 5]>) =>
  [irfft([x, x]), istft([y, y], 8, 4, 8)] as const;
