import { randomInt } from 'node:crypto';

/** Without letters that look like digits. */
const LETTERS = '23456789abcdefghjkmnpqrstuvwxyz';

const RUN_ID = new RegExp(`^[${LETTERS}]{8}$`);

/**
 * A new id of eight letters, e.g. `k3f9a2qz`. Drawn at random and not counted, so that the runs of two stores
 * can share one folder of artifacts; unique in a store by its constraint.
 */
export function newRunId(): string {
  return Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}

/** Whether a name is one that `newRunId` gives. What comes out of a store that somebody else wrote may be anything. */
export function isRunId(name: string): boolean {
  return RUN_ID.test(name);
}
