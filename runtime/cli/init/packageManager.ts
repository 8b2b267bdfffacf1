/** What a project is installed and run with. */
export interface PackageManager {
  readonly name: "npm" | "pnpm" | "yarn" | "bun";
  /** Its version, where it has said so. */
  readonly version?: string;
  readonly install: string;
  /** Installs what the lock file says, or fails. */
  readonly cleanInstall: string;
  readonly run: string;
  /** What stands between a script and what it is given. */
  readonly beforeOptions: string;
  /** Runs a package's command. */
  readonly execute: string;
  /** Steps of a GitHub workflow that bring it, before Node.js's. */
  readonly setup: readonly string[];
}

const npm: PackageManager = {
  name: "npm",
  install: "npm install",
  cleanInstall: "npm ci",
  run: "npm run",
  beforeOptions: " -- ",
  execute: "npx",
  setup: [],
};

const managers: readonly PackageManager[] = [
  npm,
  {
    name: "pnpm",
    install: "pnpm install",
    cleanInstall: "pnpm install --frozen-lockfile",
    run: "pnpm run",
    beforeOptions: " ",
    execute: "pnpm exec",
    setup: ["- uses: pnpm/action-setup@v4", "  with:", "    version: latest"],
  },
  {
    name: "yarn",
    install: "yarn install",
    cleanInstall: "yarn install --immutable",
    run: "yarn run",
    beforeOptions: " ",
    execute: "yarn run",
    setup: ["- run: corepack enable"],
  },
  {
    name: "bun",
    install: "bun install",
    cleanInstall: "bun install --frozen-lockfile",
    run: "bun run",
    beforeOptions: " ",
    execute: "bunx",
    setup: ["- uses: oven-sh/setup-bun@v2"],
  },
];

/**
 * The package manager that has started this process, as `npm_config_user_agent` names it; npm where none has.
 *
 * @param userAgent such as `"pnpm/10.12.1 npm/? node/v22.0.0 linux x64"`
 */
export function packageManager(userAgent = process.env.npm_config_user_agent ?? ""): PackageManager {
  const [, name, version] = /^(\w+)\/(\S+)/.exec(userAgent) ?? [];
  const found = managers.find((manager) => manager.name === name);
  return found && version !== undefined ? { ...found, version } : npm;
}
