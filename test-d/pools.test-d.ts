import {
  adaptiveAveragePooling3d,
  adaptiveMaxPooling1d,
  averagePool2d,
  averagePool3d,
  averagePooling1d,
  cos,
  globalAveragePooling3d,
  globalMaxPooling1d,
  input,
  maxPool1d,
  maxPooling3d,
  sin,
  type Tensor,
} from "shapewright";
import { expectType } from "tsd";

const series = input(["batch", 100, 8]);
const images = input(["batch", 28, 28, 3]);
const videos = input(["batch", 16, 28, 28, 3]);

// Windows beside each other, as functions and as layers
expectType<Tensor<["batch", 50, 8]>>(maxPool1d(series, { poolSize: 2 }));
expectType<Tensor<["batch", 14, 14, 3]>>(averagePool2d(images, { poolSize: 2 }));
expectType<Tensor<["batch", 8, 14, 14, 3]>>(averagePool3d(videos, { poolSize: 2 }));
expectType<Tensor<["batch", 49, 8]>>(averagePooling1d(series, { poolSize: 3, strides: 2 }));
expectType<Tensor<["batch", 8, 14, 14, 3]>>(maxPooling3d(videos, { poolSize: 2, padding: "same" }));

// Windows over all of an axis
expectType<Tensor<["batch", 10, 8]>>(adaptiveMaxPooling1d(series, { outputSize: 10 }));
expectType<Tensor<["batch", 4, 7, 7, 3]>>(adaptiveAveragePooling3d(videos, { outputSize: [4, 7, 7] }));
expectType<Tensor<["batch", 8]>>(globalMaxPooling1d(series));
expectType<Tensor<["batch", 3]>>(globalAveragePooling3d(videos));

expectType<Tensor<["batch", 28, 28, 3]>>(sin(images));
expectType<Tensor<["batch", 28, 28, 3]>>(cos(images));
