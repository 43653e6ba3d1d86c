import { decimalSize, fixed } from '../numbers.ts';
import { counted } from '../counted.ts';
import type { MainMemory } from '../machine/main-memory.ts';
import { Problem } from '../mistakes/problem.ts';
import { largestPart } from './largest-part.ts';
import type { Fuse } from './local-settings.ts';
import {
  fastestTrainers,
  isFaster,
  isSlower,
  measuredAlike,
  measuredFusing,
  type MeasuredTrainers,
  nearestMeasured,
} from './measured-trainers.ts';
import { type StepsBeside, stepsBeside } from './steps-beside.ts';
import { fusedMemory, type TrainerMemory } from './trainer-memory.ts';

export interface JobPlan {
  /** Trainers at once. */
  readonly jobs: number;
  /** Threads of each trainer; jobs x threads is at most the number of cores. */
  readonly threads: number;
  /** Runs that each trains in one step, at most; absent where it trains one by one. */
  readonly fused?: number;
  /** How long their steps take; absent with `fused`. */
  readonly beside?: StepsBeside;
  /** Why, for people. */
  readonly reason: string;
  /** That trainers may not find the memory that they need, in a sentence; absent where they do, or it is not known. */
  readonly warning?: string;
}

/** Where trainers take their memory from. */
export interface MemoryHere extends MainMemory {
  /** What is free of the memory of each card that trainers can be given; null where the driver does not tell. */
  readonly cards: readonly (number | null)[];
}

export interface JobRequest {
  readonly cores: number;
  readonly device: 'cpu' | 'gpu';
  /** That trainers can be given; 0 where they are unknown, or the device is none. */
  readonly cards: number;
  /** Runs of the whole study, so that a study that goes on later computes with the same number of threads. */
  readonly runs: number;
  /** As `StudyWork` has it; absent where it is not known. */
  readonly alike?: number;
  /** Of a step of the typical cell, as `StudyWork` has it. */
  readonly stepMacs: number;
  /** Of the network that is typical of it; absent where it is not known. */
  readonly family?: string;
  /** Model of the cards, as it is recorded with what was measured; absent for a processor. */
  readonly card?: string;
  /** What was measured on this machine. */
  readonly measured: readonly MeasuredTrainers[];
  /** Set by `--jobs`. */
  readonly jobs?: number;
  /** Runs that each trains in one step, as `--fuse` says; absent: one. */
  readonly fuse?: Fuse;
  /** What each trainer takes, and what there is; absent where either is not known. */
  readonly memory?: { readonly trainer: TrainerMemory; readonly here: MemoryHere };
}

/** Beyond this many trainers the memory of one of them each weighs more than what they gain. */
const MOST_JOBS = 4;

/** Trainers at once that are compared with one, where the study has runs enough. */
export function severalJobs(cores: number): number {
  return Math.min(cores, MOST_JOBS);
}

/** Threads of each of so many trainers. */
export function threadsOf(cores: number, jobs: number): number {
  return Math.max(1, Math.floor(cores / jobs));
}

/**
 * How many trainers run at once, and with how many threads each.
 *
 * On a CPU several trainers of few threads, since small networks have steps of a few milliseconds, in which threads wait for
 * each other; one of all threads where this was measured to be faster on the machine, with the network whose steps have most
 * nearly as much work. On GPUs each card has one trainer, or several where this was measured to be faster with such a network on such a
 * card; where more are asked for, they share the cards evenly.
 *
 * There are not more than find the memory that they need. What others have taken of it now leaves fewer trainers, but each with the
 * threads that it would have anyway: with others a run could not go on from where it was interrupted to the same bits.
 *
 * @throws Problem `usage` if the requested number of jobs is not a whole number above 0.
 */
export function planJobs(request: JobRequest): JobPlan {
  const { fuse = 1, jobs } = request;
  if (jobs !== undefined && (!Number.isInteger(jobs) || jobs < 1)) {
    throw new Problem('usage', `jobs: ${jobs} is not accepted; it must be a whole number of at least 1.`);
  }
  return fuse === 'auto' ? planFusing(request) : planFused(request, fuse);
}

/** @param suited how many trainers there are, of so many groups of runs, where nobody says it */
function planFused(
  request: JobRequest,
  fuse: number,
  suited: (groups: number) => Choice = (groups) => suitedJobs({ ...request, runs: groups }),
): JobPlan {
  const { cores, cards, jobs: requested, memory } = request;
  const fused = Math.min(fuse, request.runs);
  // those of one step are given to one trainer
  const runs = Math.ceil(request.runs / fused);
  const { most, why } = requested === undefined ? suited(runs) : { most: requested, why: 'as requested' };
  const wanted = Math.max(1, Math.min(most, runs));
  const room = memory ? roomIn(fusedMemory(memory.trainer, fused), memory.here) : NO_LIMIT;
  const onMachine = requested === undefined ? atMost(wanted, room.everFit) : wanted;
  const threads = threadsOf(cores, onMachine);
  const jobs = requested === undefined ? atMost(onMachine, room.fit) : wanted;
  const on = cards > 1 ? `${counted(cores, 'core')} and ${counted(cards, 'card')}` : counted(cores, 'core');
  const size = `${counted(jobs, 'trainer')} of ${counted(threads, 'thread')} on ${on}`;
  const reasons = [most > runs ? 'the study has no more runs' : why];
  if (jobs < wanted) reasons.push(`but ${jobs} instead of ${wanted}, as ${room.need}`);
  if (fused > 1) reasons.push(`each trains up to ${fused} runs in one step`);
  return {
    ...{ jobs, threads, ...(fused > 1 && { fused, beside: besideOf(request, fused, jobs) }) },
    ...{ reason: `${size}: ${reasons.join('; ')}`, ...warningOf(jobs, room) },
  };
}

/** @param jobs trainers of so many networks each */
function besideOf(request: JobRequest, networks: number, jobs: number): StepsBeside {
  const on = { networks, ...comparedTrainers(request, jobs) };
  const known = measuredFusing(request.measured, { ...request, ...on });
  if (known === undefined) return stepsBeside(request.device, networks);
  const gain = (known.gain.median * on.over) / on.jobs;
  return stepsBeside(request.device, networks, { gain, trainers: on.over, threads: on.overThreads });
}

/** Fuses runs where that was measured to be faster than the best choice without; and says so, or why not. */
function planFusing(request: JobRequest): JobPlan {
  const single = planFused(request, 1);
  const fusing = fusingToMeasure(request);
  const unfused = (why: string): JobPlan => ({
    ...single,
    reason: `${single.reason}; none are fused, as ${why}`,
  });
  if (fusing === null) return unfused('no trainer would have two runs of one network and memory for both');
  const known = measuredFusing(request.measured, { ...request, ...fusing });
  if (known === undefined) return unfused('whether that is faster with such a network was not measured');
  const { networks, over } = fusing;
  const { gain, network, batch } = known;
  const how = `${fixed(gain.median, 2)} times the images/s of ${counted(over, 'trainer')} without fusing, with ${network} at batch ${batch} here`;
  if (!isFaster(gain)) return unfused(`${networks} runs in one step had ${how}`);
  const why = request.device === 'gpu' ? 'one for each GPU' : 'one with all cores';
  const fused = planFused(request, networks, () => ({ most: Math.max(1, request.cards), why }));
  return { ...fused, reason: `${fused.reason}, which had ${how}` };
}

/** Fused runs on a card, or on the processor, and what they are to be compared with. */
export interface Fusing {
  /** In a step. */
  readonly networks: number;
  /** Trainers that fuse so many. */
  readonly jobs: number;
  readonly threads: number;
  /** Trainers that would be there without. */
  readonly over: number;
  readonly overThreads: number;
}

/** Beyond this many networks in a step nobody has measured; who wants more says it. */
const MOST_MEASURED = 8;

/**
 * What is to be compared before a study is planned whose runs are fused where that pays: groups as large as the runs that go together, its
 * memory and the number of its trainers allow. Null where nothing can be fused.
 */
export function fusingToMeasure(request: JobRequest): Fusing | null {
  const { cards, runs, alike = 1, memory, jobs } = request;
  const trainers = Math.min(jobs ?? Math.max(1, cards), runs);
  const fits = (networks: number): boolean =>
    !memory || roomIn(fusedMemory(memory.trainer, networks), memory.here).fit >= trainers;
  let most = Math.min(MOST_MEASURED, alike, Math.floor(runs / trainers));
  while (most > 1 && !fits(most)) most--;
  if (most < 2) return null;
  return { networks: largestPart(alike, most), ...comparedTrainers(request, trainers) };
}

/** @param trainers that fuse runs, on all cards or the processor */
function comparedTrainers(request: JobRequest, trainers: number): Omit<Fusing, 'networks'> {
  const devices = Math.max(1, request.cards);
  const single = planFused(request, 1);
  return {
    ...{ jobs: Math.ceil(trainers / devices), threads: threadsOf(request.cores, trainers) },
    ...{ over: Math.ceil(single.jobs / devices), overThreads: single.threads },
  };
}

function atMost(jobs: number, fit: number): number {
  return Math.max(1, Math.min(jobs, fit));
}

function warningOf(jobs: number, { fit, need }: Room): Pick<JobPlan, 'warning'> {
  if (jobs <= fit) return {};
  const beyond = fit === 0 ? 'not even one fits' : `${fit} would fit`;
  const remedy =
    fit > 0 && jobs > 1
      ? 'Ask for fewer, or for none in particular.'
      : 'Close other programs, or train with a smaller batch.';
  return {
    warning: `The memory may not be enough for ${counted(jobs, 'trainer')}: ${need}, so that ${beyond}. ${remedy}`,
  };
}

interface Room {
  /** Trainers that find memory now. */
  readonly fit: number;
  /** Trainers that would if nothing else took any, reckoned by what does not change from start to start. */
  readonly everFit: number;
  /** What each needs, of what: part of a sentence. */
  readonly need: string;
}

const NO_LIMIT: Room = { fit: Infinity, everFit: Infinity, need: '' };

/** Of the memory that is free, that trainers are given: estimates are off by as much, and other programs need some, too. */
const USABLE = 0.9;

function roomIn(trainer: TrainerMemory, here: MemoryHere): Room {
  const { totalBytes, freeBytes } = here;
  const times = (bytes: number, each: number): number => Math.floor((USABLE * bytes) / each);
  const main: Room = {
    fit: times(freeBytes ?? totalBytes, trainer.bytes),
    everFit: times(totalBytes, trainer.estimatedBytes),
    need: needText(trainer.bytes, trainer.isMeasured, freeBytes ?? totalBytes, freeBytes !== null),
  };
  const cards = here.cards.flatMap((free) => (free === null ? [] : [free]));
  if (cards.length === 0 || cards.length < here.cards.length) return main;
  const onCards = cards.reduce((sum, free) => sum + times(free, trainer.cardBytes), 0);
  if (onCards >= main.fit) return main;
  const free = cards.reduce((sum, each) => sum + each, 0);
  const of = cards.length === 1 ? 'on its card' : 'on the cards together';
  return { ...main, fit: onCards, need: `${needText(trainer.cardBytes, false, free, true)} ${of}` };
}

function needText(each: number, isMeasured: boolean, of: number, isFree: boolean): string {
  const how = isMeasured ? 'as was measured' : 'as estimated';
  return `each needs about ${decimalSize(each)} (${how}) of ${decimalSize(of)} of memory${isFree ? ' that are free' : ''}`;
}

interface Choice {
  /** Trainers at once, if there are runs enough. */
  readonly most: number;
  readonly why: string;
}

/** Several share a card where that was measured to be faster with a network like the study's. */
function suitedToCards({ cards, measured, ...study }: JobRequest): Choice {
  const here = Math.max(1, cards);
  const alike = measuredAlike(measured, study);
  const [any] = alike;
  if (any === undefined) return { most: here, why: 'one for each GPU (several on one were not measured)' };
  const fastest = fastestTrainers(alike);
  const how = `with ${any.network} at batch ${any.batch} here`;
  if (fastest === null)
    return { most: here, why: `one for each GPU, as several on one were no faster ${how}` };
  const { jobs, gain } = fastest;
  return {
    most: here * jobs,
    why: `${jobs} on each GPU together had ${fixed(gain.median, 2)} times the images/s of one ${how}`,
  };
}

/**
 * The numbers of trainers that are to be compared with one before a study is planned, rising: on a card as many as find memory, on a processor
 * the one that may be chosen. Empty where there is nothing to compare.
 */
export function countsToMeasure({ cores, device, cards, runs, memory }: JobRequest): number[] {
  const fit = memory ? roomIn(memory.trainer, memory.here).fit : Infinity;
  if (device === 'cpu')
    return [severalJobs(cores)].filter((count) => count > 1 && count <= Math.min(runs, fit));
  const each = Math.max(1, cards);
  const most = Math.min(MOST_JOBS, Math.floor(fit / each), Math.ceil(runs / each));
  return Array.from({ length: Math.max(0, most - 1) }, (_, place) => place + 2);
}

function suitedJobs(request: JobRequest): Choice {
  const { cores, runs, stepMacs, measured } = request;
  if (request.device === 'gpu') return suitedToCards(request);
  const several = severalJobs(cores);
  if (several === 1) return { most: 1, why: 'one for each core' };
  const nearest = nearestMeasured(
    measured.filter(
      (each) => each.jobs === several && each.card === undefined && each.networks === undefined,
    ),
    stepMacs,
  );
  if (nearest === undefined)
    return { most: several, why: 'several with few threads are faster than one with many, as a rule' };
  const { network, batch, gain } = nearest;
  const sizes = `${several} of ${counted(threadsOf(cores, several), 'thread')} together had ${fixed(gain.median, 2)} times the images/s of one of ${counted(cores, 'thread')}`;
  // what fewer than the measured trainers do beside one was not measured
  const most = isSlower(gain) && runs >= several ? 1 : several;
  return { most, why: `${sizes} here, with ${network} at batch ${batch}` };
}
