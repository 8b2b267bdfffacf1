import { cut } from "../../../../src/ir/cut.js";
import { inWords } from "../../../../src/ir/inWords.js";
import { listNames } from "../../../../src/ir/nearest.js";
import type { Entry, Files } from "../../../files/file-system.js";
import { attempt, refusedFile } from "../../../host/filesFor.js";

/** An image's file, with the number of its class, 0 where there are none. */
export interface ListedImage {
  readonly path: string;
  readonly label: number;
}

/** The images of a folder, and the names of their classes. */
export interface ListedImages {
  readonly images: readonly ListedImage[];
  readonly classNames: readonly string[];
}

export const endings = [".png", ".jpg", ".jpeg", ".webp", ".gif"];

/** Where images are looked for. */
export interface Listing {
  readonly op: string;
  readonly files: Files;
  readonly folder: string;
  readonly followLinks: boolean;
}

/** The images below a folder, by folders and names. */
export function allImages(listing: Listing): ListedImages {
  return { images: imagesBelow(listing, listing.folder, 0), classNames: [] };
}

/**
 * The images below the folders within a folder, each of which is a class: by classes, folders and names. Classes are in the order of their names, or
 * in that of `classNames`, where others are left out.
 *
 * @throws SW_FILE where there are no folders, one of these is not there, or one that is not named has no images
 */
export function imagesOfClasses(listing: Listing, classNames?: readonly string[]): ListedImages {
  const { op, folder } = listing;
  const there = entriesOf(listing, folder).flatMap(({ name, kind }) => (kind === "folder" ? [name] : []));
  if (there.length === 0)
    throw refusedFile(op, `${folder} has no folders, one for each class; with labelMode: null, images need none`);
  const missing = classNames?.find((name) => !there.includes(name));
  if (missing !== undefined)
    throw refusedFile(op, `${folder} has no folder ${inWords(missing)}; there are ${listNames(missing, there)}`);
  const names = classNames ?? there;
  const images = names.map((name, label) => imagesBelow(listing, `${folder}/${name}`, label));
  const empty = names.find((_, label) => images[label]!.length === 0);
  if (!classNames && empty !== undefined)
    throw refusedFile(
      op,
      `${folder}/${empty} has no images (${endings.join(", ")}); name the classes, with it or without: classNames: [${cut(names.map((name) => inWords(name)).join(", "))}]`,
    );
  return { images: images.flat(), classNames: names };
}

function imagesBelow(listing: Listing, root: string, label: number): ListedImage[] {
  const { op } = listing;
  const folders: { path: string; images: ListedImage[] }[] = [];
  /** @param within where it really is, and what it is within: a link that leads to one of these has no end */
  const walk = (path: string, within: readonly string[]) => {
    const images: ListedImage[] = [];
    folders.push({ path, images });
    for (const { name, kind, isLink } of entriesOf(listing, path)) {
      const own = `${path}/${name}`;
      if (kind === "file") {
        const ending = /\.[^.]*$/.exec(name.toLowerCase())?.[0] ?? "";
        if (endings.includes(ending)) images.push({ path: own, label });
        if (ending === ".bmp")
          throw refusedFile(op, `${own} cannot be read: BMP is not decoded; make it a PNG, or move it away`);
      } else if (!isLink || listing.followLinks) {
        const real = isLink ? listing.files.realPath(own) : `${within[0]}/${name}`;
        if (!within.includes(real)) walk(own, [real, ...within]);
      }
    }
  };
  walk(root, [attempt(op, root, "read", listing.files, () => listing.files.realPath(root))]);
  return folders.sort((a, b) => inOrder(a.path, b.path)).flatMap(({ images }) => images);
}

/** What a folder has, without what is hidden, by names. */
function entriesOf({ op, files }: Listing, path: string): Entry[] {
  const entries = attempt(op, path, "read", files, () => files.list(path));
  return entries.filter(({ name }) => !name.startsWith(".")).sort((a, b) => inOrder(a.name, b.name));
}

/** The order of texts by their characters, which is the same everywhere. */
const inOrder = (a: string, b: string) => (a < b ? -1 : Number(a > b));
