const notices = [
  /is already registered/,
  /was already registered/,
  /has already been set/,
  /Hi, looks like you are running/,
];

/**
 * Keeps from the console what tfjs warns of when two copies of it register the same kernels, which is so where the cached tfjs-node is used
 * beside the portable backend. Both are the same version, so it means nothing to the user.
 *
 * @returns what ends it
 */
export function muteTfjs(): () => void {
  const { warn } = console;
  console.warn = (...messages: unknown[]) => {
    if (!notices.some((notice) => notice.test(String(messages[0])))) warn(...messages);
  };
  return () => {
    console.warn = warn;
  };
}

/** Imports what imports tfjs, without that. */
export async function importMuted<R>(load: () => Promise<R>): Promise<R> {
  const unmute = muteTfjs();
  try {
    return await load();
  } finally {
    unmute();
  }
}
