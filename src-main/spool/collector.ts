import { z } from 'zod';
import { writeWhole } from '../files/write-whole.ts';
import { readJson } from './spool-files.ts';
import { spoolPlaces } from './spool-places.ts';

/** What takes the results of a spool by itself, whoever is there. */
const collectorSchema = z.object({
  /** By which its fleet knows it. */
  name: z.string(),
  /** What will come of it, or why nothing does; for people, to go on after a semicolon. */
  words: z.string(),
});
export type Collector = z.infer<typeof collectorSchema>;

export function writeCollector(spool: string, collector: Collector): void {
  writeWhole(spoolPlaces.collector(spool), collectorText(collector), { flushed: true });
}

export function collectorText(collector: Collector): string {
  return JSON.stringify(collector);
}

/** Null where there is none. @throws DamagedFile; an error of the file system */
export function readCollector(spool: string): Promise<Collector | null> {
  return readJson(spoolPlaces.collector(spool), collectorSchema);
}
