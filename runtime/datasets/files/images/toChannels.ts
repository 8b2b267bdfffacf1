/** How many numbers a pixel has, by the colours' name. */
export const channelsOf = { grayscale: 1, rgb: 3, rgba: 4 } as const;

/** What a pixel consists of: a grey, or red, green and blue, with or without opacity. */
export type ColorMode = keyof typeof channelsOf;

/**
 * Pixels of other channels. Grey is what eyes see as such, by ITU-R BT.601, as Pillow rounds it; opacity is left out, or 255 where there is none.
 *
 * @param pixels bytes, of `from` channels: grey, grey and opacity, RGB or RGBA
 */
export function toChannels(pixels: Uint8Array, from: number, to: 1 | 3 | 4): Uint8Array {
  if (from === to) return pixels;
  const count = pixels.length / from;
  const made = new Uint8Array(count * to);
  const [green, blue] = from < 3 ? [0, 0] : [1, 2];
  for (let i = 0; i < count; i++) {
    const at = i * from;
    const own = i * to;
    const [r, g, b] = [pixels[at]!, pixels[at + green]!, pixels[at + blue]!];
    if (to === 1) made[own] = (19595 * r + 38470 * g + 7471 * b + 0x8000) >> 16;
    else {
      made[own] = r;
      made[own + 1] = g;
      made[own + 2] = b;
      if (to === 4) made[own + 3] = from === 2 ? pixels[at + 1]! : 255;
    }
  }
  return made;
}

/** The upper eight of sixteen bits, the lower of which come first. */
export function upperBytes(pixels: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: pixels.length / 2 }, (_, i) => pixels[2 * i + 1]!);
}

/** Ink as light: RGB of CMYK, as Pillow rounds it. */
export function lightOfInk(pixels: Uint8Array): Uint8Array {
  const made = new Uint8Array((pixels.length / 4) * 3);
  for (let at = 0, own = 0; at < pixels.length; at += 4) {
    const paper = 255 - pixels[at + 3]!;
    for (let ink = 0; ink < 3; ink++) {
      const product = pixels[at + ink]! * paper + 128;
      made[own++] = Math.max(0, paper - (((product >> 8) + product) >> 8));
    }
  }
  return made;
}
