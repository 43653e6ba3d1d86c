/** Ends a process that leads a group of its own, and all that it has started, as `kill -9` does. */
export function killGroup(pid: number): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch (error) {
    // it has ended already
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
