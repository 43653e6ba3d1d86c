/** What waits for its turn, the first first. */
const waiting = new Set<() => void>();
/** Whether a task that makes the first of them is due. */
let isDue = false;

/**
 * What is due in a page, as charts and tables, is made piece by piece, each in a task of its own, so that the page answers between them.
 * What waits already keeps its place.
 */
export function inTurn(make: () => void): void {
  waiting.add(make);
  if (isDue) return;
  isDue = true;
  setTimeout(makeNext);
}

/** The rest of what is being made, before all that waits. */
export function nextInTurn(make: () => void): void {
  const others = [...waiting];
  waiting.clear();
  for (const each of [make, ...others]) inTurn(each);
}

/** What nobody looks at any more is not made. */
export function leaveTurn(make: () => void): void {
  waiting.delete(make);
}

function makeNext(): void {
  isDue = false;
  const [make, next] = waiting;
  if (!make) return;
  waiting.delete(make);
  // before it is made, so that what fails holds up nothing
  if (next) inTurn(next);
  make();
}
