import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { strToU8, zipSync } from "fflate";

const root = resolve(import.meta.dirname, "../..");
const folder = join(root, "runtime/lsp/vscode");

/** The extension for VS Code as a .vsix: a zip with a manifest, and the extension as one file, with all that it imports. */
export async function packExtension(): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const manifest = { ...JSON.parse(readFileSync(join(folder, "package.json"), "utf8")), version };
  const { outputFiles } = await build({
    entryPoints: [join(folder, "extension.ts")],
    bundle: true,
    minify: true,
    write: false,
    platform: "node",
    target: "node20",
    format: "cjs",
    external: ["vscode"],
    outfile: "extension.cjs",
    legalComments: "inline",
  });
  const files = {
    "[Content_Types].xml": contentTypes,
    "extension.vsixmanifest": vsixManifest(manifest),
    "extension/package.json": JSON.stringify(manifest, undefined, 2),
    "extension/extension.cjs": outputFiles[0]!.text,
    "extension/readme.md": readFileSync(join(folder, "README.md"), "utf8"),
    "extension/changelog.md": readFileSync(join(root, "CHANGELOG.md"), "utf8"),
    "extension/LICENSE.txt": readFileSync(join(root, "LICENSE"), "utf8"),
  };
  const entries = Object.entries(files).map(([name, text]) => [name, strToU8(text)]);
  // The same bytes for the same sources.
  const bytes = zipSync(Object.fromEntries(entries), { level: 9, mtime: "1980-01-01" });
  return { name: `${manifest.name}-${version}.vsix`, bytes };
}

interface Manifest {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly publisher: string;
  readonly version: string;
  readonly engines: { readonly vscode: string };
  readonly categories: readonly string[];
  readonly keywords: readonly string[];
}

const contentTypes = `<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
  <Default Extension=".json" ContentType="application/json"/>
  <Default Extension=".cjs" ContentType="application/javascript"/>
  <Default Extension=".md" ContentType="text/markdown"/>
  <Default Extension=".txt" ContentType="text/plain"/>
  <Default Extension=".vsixmanifest" ContentType="text/xml"/>
</Types>
`;

/** What VS Code and its marketplace read before anything else. */
function vsixManifest(manifest: Manifest): string {
  const { name, displayName, description, publisher, version, engines, categories, keywords } = manifest;
  const asset = (type: string, path: string) =>
    `<Asset Type="Microsoft.VisualStudio.${type}" Path="${path}" Addressable="true"/>`;
  return `<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
  <Metadata>
    <Identity Language="en-US" Id="${name}" Version="${version}" Publisher="${publisher}"/>
    <DisplayName>${displayName}</DisplayName>
    <Description xml:space="preserve">${escaped(description)}</Description>
    <Tags>${keywords.join(",")}</Tags>
    <Categories>${categories.join(",")}</Categories>
    <GalleryFlags>Public</GalleryFlags>
    <Properties>
      <Property Id="Microsoft.VisualStudio.Code.Engine" Value="${engines.vscode}"/>
      <Property Id="Microsoft.VisualStudio.Code.ExtensionKind" Value="workspace"/>
      <Property Id="Microsoft.VisualStudio.Services.GitHubFlavoredMarkdown" Value="true"/>
    </Properties>
    <License>extension/LICENSE.txt</License>
  </Metadata>
  <Installation>
    <InstallationTarget Id="Microsoft.VisualStudio.Code"/>
  </Installation>
  <Dependencies/>
  <Assets>
    ${asset("Code.Manifest", "extension/package.json")}
    ${asset("Services.Content.Details", "extension/readme.md")}
    ${asset("Services.Content.Changelog", "extension/changelog.md")}
    ${asset("Services.Content.License", "extension/LICENSE.txt")}
  </Assets>
</PackageManifest>
`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
