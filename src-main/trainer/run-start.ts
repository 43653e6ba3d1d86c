import { counted } from '../../src-shared/counted.ts';
import { computedOtherwise } from '../../src-shared/studies/computed-otherwise.ts';
import type { ComputedBy, GoOn } from '../../src-shared/studies/trainer-protocol.ts';
import { readResumeCheckpoint, restoreArtifacts, resumeSteps } from '../checkpoints/resume-checkpoints.ts';
import { stateOf } from '../checkpoints/state-tensors.ts';
import type { TrainingMode } from '../engine/guarded-training.ts';
import { initialState } from '../engine/initial-state.ts';
import { carriedFromBeginning } from './carried.ts';
import { endOf } from './extend-run.ts';
import { openBatches } from './open-batches.ts';
import type { PreparedRun } from './prepare-run.ts';
import type { FusedMember } from './fused-group.ts';
import { contentOf, readFacts } from './resume-facts.ts';
import type { RunStart, Usable } from './start-point.ts';
import { stepInputs } from './train-steps.ts';

/**
 * The newest resume checkpoint from which a run can go on; where there is none, its beginning.
 * @param member where it goes on together with others
 */
export async function findStart(
  run: PreparedRun,
  computedBy: ComputedBy,
  member: FusedMember | null,
): Promise<RunStart> {
  const { goOn } = run.specification;
  if (goOn === undefined) return beginning(run, null);
  const { found, note } = await lastUsable(run, goOn, computedBy);
  if (member !== null && !(await member.agree(found?.step ?? 0)))
    return beginning(
      run,
      joined(note, 'those that it is fused with have no resume checkpoint of the same step'),
    );
  if (found === null) return beginning(run, note ?? 'there is no resume checkpoint');
  const { mode } = await provenMode(run);
  const otherMode = mode === found.facts.mode ? null : `it trains ${mode} now, it did ${found.facts.mode}`;
  if (otherMode !== null && goOn.how === 'exact') return beginning(run, joined(note, otherMode));
  const { step, state, kept } = found;
  return { step, state, kept, carried: found.facts.carried, note: joined(note, otherMode) };
}

function beginning({ prepared, specification }: PreparedRun, note: string | null): RunStart {
  return {
    step: 0,
    carried: carriedFromBeginning(),
    state: initialState(prepared.program, specification.seed),
    kept: ['initial'],
    note,
  };
}

async function lastUsable(
  run: PreparedRun,
  { upTo, how, from }: GoOn,
  computedBy: ComputedBy,
): Promise<{ readonly found: Usable | null; readonly note: string | null }> {
  if (how === 'never') return { found: null, note: 'as it was asked to' };
  const steps = resumeSteps(run.specification.artifacts);
  const reached = steps.filter((step) => step <= upTo);
  let note =
    steps.length > 0 && reached.length === 0 ? 'the points before its resume checkpoints were lost' : null;
  const candidates = [
    ...reached.map((step) => ({
      title: `the resume checkpoint of step ${step}`,
      read: () => readUsable(run, step),
    })),
    ...(from === undefined || from.last.step > upTo
      ? []
      : [{ title: `the end of run ${from.run}`, read: () => endOf(run, from) }]),
  ];
  for (const { title, read } of candidates)
    try {
      const found = await read();
      const otherwise = computedOtherwise(computedBy, found.facts.computedBy);
      if (otherwise === null || how === 'any')
        return { found, note: joined(note, otherwise, wasFused(run, found)) };
      note = joined(note, otherwise);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      note = joined(note, `${title} cannot be used: ${why}`);
    }
  return { found: null, note };
}

/** @throws Error where it is damaged or not one of this run */
async function readUsable(run: PreparedRun, step: number): Promise<Usable> {
  const { artifacts } = run.specification;
  const { tensors, facts: written } = readResumeCheckpoint(artifacts, step);
  const facts = readFacts(written);
  if (facts.content !== contentOf(run)) throw new Error('it is one of another run or of other settings');
  const state = stateOf(run.prepared.program, tensors);
  await restoreArtifacts(artifacts, step, facts.carried.artifacts);
  return { step, facts, state, kept: [] };
}

/**
 * The mode of a program. Where it is not known yet, the program proves itself as it did when the run began: in the first step, from the
 * initial weights, so that it is found trustworthy or not by the same numbers.
 */
async function provenMode(run: PreparedRun): Promise<TrainingMode> {
  const { program, guarded, training } = run.prepared;
  if (guarded.mode !== null) return guarded.mode;
  const source = openBatches(run, 0);
  try {
    await source.ready();
    const first = source.take();
    if (first === null) throw new Error('a run has at least one step');
    await training.writeState(initialState(program, run.specification.seed));
    await training.step(stepInputs(run, first));
  } finally {
    await source.close();
  }
  const { mode } = guarded;
  if (mode === null) throw new Error('the mode is known after the first step');
  return mode;
}

/** A run that was trained together with others may go on alone: its numbers from there are the same but for rounding. */
function wasFused({ prepared }: PreparedRun, { facts: { networks } }: Usable): string | null {
  return networks === prepared.networks
    ? null
    : `until then it was fused with ${counted(networks - 1, 'other run')}; from there it is trained alone, which rounds otherwise`;
}

function joined(...notes: readonly (string | null)[]): string | null {
  const told = [...new Set(notes.filter((note) => note !== null))];
  return told.length === 0 ? null : told.join('; ');
}
