import fs from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { Artifact } from '../../src-shared/studies/trainer-protocol.ts';
import { isWholeFile } from '../files/file-checksum.ts';
import { giveSecondName } from '../files/second-name.ts';
import { removeUnfinished } from '../files/unfinished-files.ts';
import { writeWholeAside } from '../files/write-whole.ts';
import { bytesOf, type NamedTensor, readSafetensors, safetensorsContent } from './safetensors.ts';

/**
 * Resume checkpoints: files `resume-<step>.safetensors` in a run's artifacts folder, from which it goes on after an interruption. Beside
 * one is `resume-<step>.best.safetensors`, the file `best` of that time under a second name, since a later epoch may have replaced it.
 */
export interface ResumeCheckpoint {
  /** Of which, as of all before, everything has been told. */
  readonly step: number;
  /** The whole state: weights, moving statistics and slots. */
  readonly tensors: readonly NamedTensor[];
  /** What else there is to know, by name. */
  readonly facts: Readonly<Record<string, string>>;
}

/** So many stay at least: where the last one is damaged, there is one before. */
const KEPT = 2;

const NAME = /^resume-(?<step>\d+)(?:\.best)?\.safetensors$/;

/** The steps of those that a folder has, newest first; whether they are whole is not known yet. */
export function resumeSteps(folder: string): number[] {
  return [...new Set(namesIn(folder).flatMap((name) => stepOf(name) ?? []))]
    .filter((step) => fs.existsSync(resumeFile(folder, step)))
    .sort((a, b) => b - a);
}

/**
 * Writes one, whole or not at all; the disk is waited for beside the caller's thread, and what is not to change until it resolves is the
 * tensors' memory. Those before it stay: `keepLastResumeCheckpoints` is for who knows that what was told before this one is kept.
 */
export async function writeResumeCheckpoint(
  folder: string,
  { step, tensors, facts }: ResumeCheckpoint,
  artifacts: readonly Artifact[],
): Promise<void> {
  const content = safetensorsContent(tensors, {
    ...facts,
    step: String(step),
    crc32: checksum(tensors, facts),
  });
  const best = artifacts.find(({ kind }) => kind === 'best');
  if (best !== undefined) await giveSecondName(join(folder, best.file), bestFile(folder, step));
  await writeWholeAside(resumeFile(folder, step), content);
}

/**
 * Removes all before the last two up to a step, the trainer may write others meanwhile. To be called when everything up to that step is
 * kept where the run is recorded, for good: a run goes on from no later step, so that there has to be one that it can go on from. What
 * may not be removed stays.
 */
export async function keepLastResumeCheckpoints(folder: string, upTo: number): Promise<void> {
  const oldest = resumeSteps(folder).filter((step) => step <= upTo)[KEPT - 1];
  if (oldest === undefined) return;
  const old = namesOf(folder, (step) => step < oldest);
  await Promise.allSettled(old.map((name) => rm(join(folder, name), { force: true })));
}

/** @throws Problem `data-invalid` where the file is not what was written; what the system says where it cannot be read */
export function readResumeCheckpoint(folder: string, step: number): ResumeCheckpoint {
  const file = resumeFile(folder, step);
  const { tensors, metadata } = readSafetensors(file);
  const { step: written, crc32: sum, ...facts } = metadata;
  if (written !== String(step) || sum !== checksum(tensors, facts))
    throw new Problem('data-invalid', `${file} is damaged: its checksum is another one.`);
  return { step, tensors, facts };
}

/**
 * Has the checkpoints of a run be those that it had at the step of a resume checkpoint.
 * @throws Problem `data-invalid` where one is gone or another one
 */
export async function restoreArtifacts(
  folder: string,
  step: number,
  artifacts: readonly Artifact[],
): Promise<void> {
  for (const artifact of artifacts) {
    const file = join(folder, artifact.file);
    if (await isWholeFile(file, artifact)) continue;
    const kept = bestFile(folder, step);
    if (artifact.kind !== 'best' || !(await isWholeFile(kept, artifact)))
      throw new Problem('data-invalid', `${file} is not the file that the run wrote`);
    await giveSecondName(kept, file);
  }
}

/**
 * Removes the resume checkpoints of a run that needs none any more, with what writers that are gone left of others; a folder that is not
 * there has none. What may not be removed stays.
 *
 * @param after only those of later steps
 */
export function removeResumeCheckpoints(folder: string, after = -1): void {
  removeUnfinished(folder);
  for (const name of namesOf(folder, (step) => step > after))
    try {
      fs.rmSync(join(folder, name), { force: true });
    } catch {
      // the folder belongs to others, or may not be written
    }
}

/** All files of the resume checkpoints of some steps. */
function namesOf(folder: string, isMeant: (step: number) => boolean): string[] {
  return namesIn(folder).filter((name) => {
    const step = stepOf(name);
    return step !== null && isMeant(step);
  });
}

function resumeFile(folder: string, step: number): string {
  return join(folder, `resume-${step}.safetensors`);
}

function bestFile(folder: string, step: number): string {
  return join(folder, `resume-${step}.best.safetensors`);
}

function stepOf(name: string): number | null {
  const step = NAME.exec(name)?.groups?.['step'];
  return step === undefined ? null : Number(step);
}

function namesIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch {
    // not there, or not to be read: there is nothing to go on from
    return [];
  }
}

/** Of all that one holds; the names and shapes of its tensors are compared with the network's. */
function checksum(tensors: readonly NamedTensor[], facts: Readonly<Record<string, string>>): string {
  const sorted = Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1));
  const ofFacts = crc32(JSON.stringify(sorted));
  return tensors.reduce((sum, { values }) => crc32(bytesOf(values), sum), ofFacts).toString(16);
}
