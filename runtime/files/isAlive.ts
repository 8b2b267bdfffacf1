/** Whether a process of this host runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: the process lives, but belongs to someone else.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
