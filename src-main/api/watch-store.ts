import { unwatchFile, watchFile } from 'node:fs';

/** Milliseconds between two looks. Not the system's notices, which network file systems do not give. */
const INTERVAL = 2000;

/**
 * Tells when somebody else has written to a store, or put another in its place.
 * @returns what ends it
 */
export function watchStore(file: string, onChange: () => void): () => void {
  const files = [file, `${file}-wal`];
  for (const each of files) watchFile(each, { interval: INTERVAL, persistent: false }, onChange);
  return () => {
    for (const each of files) unwatchFile(each, onChange);
  };
}
