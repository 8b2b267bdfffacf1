import { optional } from "../../host/optional.js";

interface Fflate {
  unzipSync(zip: Uint8Array): Readonly<Record<string, Uint8Array>>;
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
