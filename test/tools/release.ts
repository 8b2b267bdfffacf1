/**
 * Publishes the package to npm with provenance, which a workflow of GitHub or GitLab can do, whose identity it states.
 *
 *     npm run release -- --dry-run   all but publishing, on any machine
 *     npm run release
 *
 * Before: the version in package.json, a heading of that version in CHANGELOG, and in package.json the repository, which provenance is
 * checked against, the homepage and the page for bugs. What is missing is said, with the command that adds it, and nothing is published.
 */
import { execFileSync, execSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");
const isDry = process.argv.includes("--dry-run");
const { name, version, repository, homepage, bugs } = JSON.parse(readFileSync(resolve(root, "package.json"), "utf8"));

const missing: string[] = [];
if (output("git status --porcelain") !== "") missing.push("commit what has changed");
if (!readFileSync(resolve(root, "CHANGELOG.md"), "utf8").includes(`\n## ${version}`)) {
  missing.push(`give what is unreleased in CHANGELOG.md the heading "## ${version}"`);
}
if (repository === undefined || homepage === undefined || bugs === undefined) {
  missing.push(
    `say in package.json where the source is, against which provenance is checked: ${commandForAddresses()}, and commit`,
  );
}
if (!isDry && process.env.ACTIONS_ID_TOKEN_REQUEST_URL === undefined && process.env.SIGSTORE_ID_TOKEN === undefined) {
  missing.push("run it in a workflow of GitHub (with permissions: id-token: write) or GitLab, or with --dry-run");
}
if (missing.length > 0)
  console.error(
    `${isDry ? "To do before the release" : "Not released"}:\n${missing.map((what) => `- ${what}`).join("\n")}`,
  );
if (missing.length > 0 && !isDry) process.exit(1);

if (!isDry) run("npm", "test");
run("npm", "run", "--silent", "package");
run("npm", "publish", `${name}-${version}.tgz`, "--access", "public", ...(isDry ? ["--dry-run"] : ["--provenance"]));

/** The command that writes the addresses, from where this clone came from if that is a host of sources. */
function commandForAddresses(): string {
  const origin = output("git remote get-url origin 2>&1 || true");
  const [, host, path] = /^(?:https:\/\/|(?:ssh:\/\/)?git@)([^/:]+)[/:](.+?)(?:\.git)?$/.exec(origin) ?? [];
  const page = host === undefined ? "https://HOST/OWNER/NAME" : `https://${host}/${path}`;
  return `npm pkg set repository.type=git repository.url=git+${page}.git homepage=${page}#readme bugs.url=${page}/issues`;
}

function output(command: string): string {
  return execSync(command, { cwd: root, encoding: "utf8" }).trim();
}

function run(program: string, ...args: string[]): void {
  execFileSync(program, args, { cwd: root, stdio: "inherit", shell: process.platform === "win32" });
}
