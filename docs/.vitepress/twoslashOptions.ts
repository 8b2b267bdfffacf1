import type { VitePressPluginTwoslashOptions } from "@shikijs/vitepress-twoslash";
import { typesOfBlock } from "./typesOfBlocks.js";

/** A block that has not compiled ends the build. */
export const twoslashOptions: VitePressPluginTwoslashOptions = {
  explicitTrigger: true,
  twoslasher: typesOfBlock,
  onTwoslashError: (error) => {
    throw error;
  },
};
