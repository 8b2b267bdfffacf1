import { defineConfig } from "vitest/config";

/** Tests that need a process of their own: of the command line, of builds, and of what TensorFlow or tfjs holds for a whole process. */
const alone = ["build", "cli", "emit", "native", "processes"].map((folder) => `test/${folder}/**/*.test.ts`);

export default defineConfig({
  // The sources, not the built package: the `shapewright-source` condition of package.json's exports.
  resolve: { conditions: ["shapewright-source"] },
  ssr: { resolve: { conditions: ["shapewright-source", "node", "import", "default"] } },
  test: {
    // TensorFlow's addon is not made for worker threads.
    pool: "forks",
    // A file for each core: by default one core is left for other work, which is half of a machine that has two.
    maxWorkers: "100%",
    // Some start several processes, each of which loads the sources and TensorFlow: 30 s on a machine that does something else besides.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        // Loading the sources anew for each file took half of the time of all tests: these share what is loaded.
        test: {
          name: "shared",
          include: ["test/**/*.test.ts"],
          exclude: alone,
          isolate: false,
          setupFiles: ["test/support/restoreBackend.ts"],
        },
      },
      { extends: true, test: { name: "alone", include: alone, globalSetup: "test/support/buildPackage.ts" } },
    ],
  },
});
