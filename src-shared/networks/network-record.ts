import type { NetworkDescription } from './families.ts';
import type { Shape } from './layer.ts';
import type { Preprocessing } from './preprocessing.ts';

/** A network that was trained elsewhere, as the store knows it. Only its name, its input and its preprocessing can be set. */
export interface NetworkRecord {
  /** Of the same kind as the ids of runs, and none of theirs. */
  readonly id: string;
  /** What people call it; unique. */
  readonly name: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** Name of the file that it was read from, and its format. */
  readonly source: { readonly file: string; readonly format: string };
  readonly description: NetworkDescription;
  readonly input: Shape;
  /** Names in the order of the logits. */
  readonly classes: readonly string[];
  /** Their WordNet ids; null where they have none. */
  readonly wordnetIds: readonly string[] | null;
  readonly preprocessing: Preprocessing;
  /** When the input or the preprocessing was set, ISO 8601, UTC; null as long as both are those of the import. */
  readonly setAt: string | null;
  /** Name of its checkpoint in its folder of artifacts, with size and SHA-256. */
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What a network may be called: a name that is easily typed and part of a file's name. */
export const NETWORK_NAME = /^[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,59}$/u;
