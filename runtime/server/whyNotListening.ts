/** Why a server cannot listen, and what to do about it. */
export function whyNotListening(error: NodeJS.ErrnoException, host: string, port: number): string {
  const another = "choose another port, or 0 for one that is free";
  switch (error.code) {
    case "EADDRINUSE":
      return `port ${port} of ${host} is in use; ${another}`;
    case "EACCES":
      return `port ${port} takes rights that this process does not have, as ports below 1024 mostly do; ${another}`;
    case "EADDRNOTAVAIL":
      return `${host} is no address of this computer`;
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `no address is known of ${host}`;
    default:
      return `port ${port} of ${host}: ${error.message}`;
  }
}
