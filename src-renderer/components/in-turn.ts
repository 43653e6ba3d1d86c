/** What waits for its turn, the first first. */
const waiting = new Set<() => void>();
/** Whether something was made in this task, or will be in the next. */
let isBusy = false;

/**
 * Where many charts or tables are due at once the first is made now and each other one in a task of its own, so that the page answers
 * between them. What waits already keeps its place.
 */
export function inTurn(make: () => void): void {
  if (isBusy) return void waiting.add(make);
  isBusy = true;
  setTimeout(makeNext);
  make();
}

/** What nobody looks at any more is not made. */
export function leaveTurn(make: () => void): void {
  waiting.delete(make);
}

function makeNext(): void {
  const [make] = waiting;
  isBusy = make !== undefined;
  if (!make) return;
  waiting.delete(make);
  setTimeout(makeNext);
  make();
}
