/** How the runs of a figure differ from those that it had when it was saved. */
export interface RunChanges {
  readonly came: readonly string[];
  readonly went: readonly string[];
}

/** @returns null where nothing differs */
export function runChanges(saved: readonly string[], present: readonly string[]): RunChanges | null {
  const [before, now] = [new Set(saved), new Set(present)];
  const came = present.filter((run) => !before.has(run));
  const went = saved.filter((run) => !now.has(run));
  return came.length + went.length === 0 ? null : { came, went };
}
