import { optional } from "../../host/optional.js";

/** What is used of it: it looks at no checksums. */
export interface Fflate {
  inflateSync(packed: Uint8Array, options: { readonly out: Uint8Array }): Uint8Array;
  gunzipSync(gz: Uint8Array): Uint8Array;
}

/** What fflate unpacks, which is installed by those who need it. */
export async function unpacked<R>(
  op: string,
  unpack: (fflate: Fflate) => R,
  refuse: (reason: string) => Error,
): Promise<R> {
  const fflate = await optional<Fflate>(op, "fflate", "reads such files");
  try {
    return unpack(fflate);
  } catch (error) {
    throw refuse((error as Error).message);
  }
}
