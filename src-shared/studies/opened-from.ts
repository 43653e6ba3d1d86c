import { andList } from '../lists.ts';

/** The report that a study was read from, with its runs. */
export interface OpenedFrom {
  /** Name of the report's file, without the folders that it was in. */
  readonly file: string;
  /** SHA-256 of the study as the report has it. */
  readonly hash: string;
  /** The version of Kindling that wrote the report. */
  readonly version: string;
  /** When the report was written and when it was opened: ISO 8601, UTC. */
  readonly reportedAt: string;
  readonly openedAt: string;
  /** What of the study the report does not have, for people; nothing where it has all. */
  readonly leftOut: readonly string[];
}

/** Where a study is from, in sentences. */
export function openedText({ file, hash, version, reportedAt, openedAt, leftOut }: OpenedFrom): string {
  const day = (time: string): string => time.slice(0, 10);
  return [
    `Opened on ${day(openedAt)} from the report ${file}, which Kindling ${version} wrote on ${day(reportedAt)} (SHA-256 of the study: ${hash}).`,
    ...(leftOut.length === 0 ? [] : [`The report does not have ${andList(leftOut)}.`]),
    'Weights and other files of its runs are where they were trained.',
  ].join(' ');
}
