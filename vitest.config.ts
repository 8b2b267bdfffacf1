import { defineConfig } from "vitest/config";
import { guardArguments } from "./test/tools/guardArguments.js";

const within = (...folders: string[]) => folders.map((folder) => `test/${folder}/**/*.test.ts`);

/** Tests that need a process of their own: of builds, and of what tfjs holds for a whole process. */
const alone = within("build", "emit");

/** Those that need the built package besides, which they start processes of. */
const built = within("cli", "native", "processes");

export default defineConfig({
  // As the built package has it.
  plugins: [{ ...guardArguments(import.meta.dirname), enforce: "pre" }],
  // The sources, not the built package: the `shapewright-source` condition of package.json's exports.
  resolve: { conditions: ["shapewright-source"] },
  ssr: { resolve: { conditions: ["shapewright-source", "node", "import", "default"] } },
  test: {
    // TensorFlow's addon is not made for worker threads.
    pool: "forks",
    // A file for each core: by default one core is left for other work, which is half of a machine that has two.
    maxWorkers: "100%",
    // Some start several processes, each of which loads TensorFlow: 30 s on a machine that does something else besides.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        // Loading the sources anew for each file took half of the time of all tests: these share what is loaded.
        test: {
          name: "shared",
          include: ["test/**/*.test.ts"],
          exclude: [...alone, ...built],
          isolate: false,
          setupFiles: ["test/support/restoreBackend.ts"],
        },
      },
      { extends: true, test: { name: "alone", include: alone } },
      { extends: true, test: { name: "built", include: built, globalSetup: "test/support/buildPackage.ts" } },
    ],
  },
});
