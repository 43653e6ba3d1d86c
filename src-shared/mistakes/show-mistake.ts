import type { Mistake, Path, PlacedMistake } from './mistake.ts';
import { shorten } from './show-value.ts';

/** A sentence: `vary.network.sr[2]: 1.5 is not accepted; it must be …`. */
export function showMistake({ path, message }: Mistake): string {
  return path.length > 0 ? `${showPath(path)}: ${message}` : message;
}

/** The same with its line before it. */
export function showPlaced(mistake: PlacedMistake): string {
  const sentence = showMistake(mistake);
  return mistake.line === null ? sentence : `line ${mistake.line}: ${sentence}`;
}

/** `vary.network.sr[2]` */
export function showPath(path: Path): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${shorten(String(key))}`))
    .join('')
    .replace(/^\./, '');
}
