import type { Kernel } from './run-kernel.ts';

/** Threads of a group. */
const THREADS = 256;
/** Groups side by side; more are in further rows, as a device has no more than 65,535 of them. */
const MOST_GROUPS = 32_768;

/**
 * A kernel's entry that runs once for each of `u.count` values.
 * @param body with its number `i`
 */
export function eachValue(body: string): string {
  return `
@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) thread: u32) {
  let i = (group.y * ${MOST_GROUPS}u + group.x) * ${THREADS}u + thread;
  if (i >= u.count) { return; }
  ${body}
}`;
}

export function groupsOf(count: number): Kernel<never>['workgroups'] {
  const groups = Math.ceil(count / THREADS);
  return [Math.min(groups, MOST_GROUPS), Math.ceil(groups / MOST_GROUPS)];
}
