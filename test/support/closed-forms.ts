/** A network's parameters, and the multiplications of its products in one forward pass of one sample, on paper. */
export interface Counts {
  readonly parameters: number;
  readonly products: number;
}

const nothing: Counts = { parameters: 0, products: 0 };

function total(counts: readonly Counts[]): Counts {
  return counts.reduce(
    (a, b) => ({ parameters: a.parameters + b.parameters, products: a.products + b.products }),
    nothing,
  );
}

/** `places` · `places` windows of `kernel` · `kernel`, with a bias. */
function convolution(places: number, kernel: number, channels: number, filters: number): Counts {
  const weights = kernel ** 2 * channels * filters;
  return { parameters: weights + filters, products: places ** 2 * weights };
}

function dense(inputs: number, units: number): Counts {
  return { parameters: inputs * units + units, products: inputs * units };
}

/** ResNet-50 and its kin (He et al., 2015, table 1), without batch normalisation. */
export function resnetCounts(blocks: readonly number[]): Counts {
  const stages = blocks.map((count, i) => {
    const [places, width] = [56 / 2 ** i, 64 * 2 ** i];
    const incoming = i === 0 ? 64 : width * 2;
    const block = (channels: number) => [
      convolution(places, 1, channels, width),
      convolution(places, 3, width, width),
      convolution(places, 1, width, 4 * width),
    ];
    const shortcut = convolution(places, 1, incoming, 4 * width);
    return total([shortcut, ...block(incoming), ...Array.from({ length: count - 1 }, () => block(4 * width)).flat()]);
  });
  return total([convolution(112, 7, 3, 64), ...stages, dense(2048, 1000)]);
}

/** VGG-16 (Simonyan and Zisserman, 2014, table 1, column D). */
export function vgg16Counts(): Counts {
  const blocks = [
    [3, 64, 64],
    [64, 128, 128],
    [128, 256, 256, 256],
    [256, 512, 512, 512],
    [512, 512, 512, 512],
  ];
  const convolutions = blocks.flatMap((sizes, i) =>
    sizes.slice(1).map((filters, j) => convolution(224 / 2 ** i, 3, sizes[j]!, filters)),
  );
  return total([...convolutions, dense(7 * 7 * 512, 4096), dense(4096, 4096), dense(4096, 1000)]);
}
