import { lastLines } from '../../work/run-command.ts';

/** The JSON on the last line of what a program said: a library may have talked before. Null where it is none. */
export function parseLastLine(text: string): unknown {
  try {
    return JSON.parse(lastLines(text, 1));
  } catch {
    return null;
  }
}
