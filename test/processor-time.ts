/**
 * Processor time that this test file has used so far, in milliseconds: what a limit on a computation is checked against,
 * as it means the same on a busy machine. Such limits are far from what is usual and catch only what grows out of bounds.
 */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
