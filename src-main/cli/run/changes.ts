import {
  accuracyDifference,
  type AccuracyDifference,
} from '../../../src-shared/analysis/accuracy-difference.ts';
import {
  changeOfLoss,
  compareOutcomes,
  type ComparedOutcomes,
  filterChanges,
  type OutcomeChange,
  type Prediction,
  requireSameData,
} from '../../../src-shared/analysis/outcome-changes.ts';
import {
  changesText,
  choicesText,
  differenceWords,
  mcnemarWords,
  sidesOf,
} from '../../../src-shared/analysis/outcome-words.ts';
import { classNameOf, type ImageOutcomes } from '../../../src-shared/analysis/outcomes.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { lossText, whole } from '../../../src-shared/numbers.ts';
import { dataOfRun } from '../../analysis/read-outcomes.ts';
import { specifySubject, type SubjectData } from '../../analysis/specify-subject.ts';
import { dataFolder } from '../../home.ts';
import type { Store } from '../../store/store.ts';
import type { ImageOptions } from '../analyze/images-of.ts';
import { allImages } from '../network/all-images.ts';
import { openToRead } from '../open-to-read.ts';
import { classFilter } from '../outcomes/class-filter.ts';
import { computeOutcomes } from '../outcomes/compute-outcomes.ts';
import { firstShown, type MistakeOptions } from '../outcomes/print-mistakes.ts';
import { newFolder, writePictures } from '../outcomes/write-pictures.ts';
import { printJson, printLine, printTable } from '../output.ts';
import { requireRuns } from '../require-runs.ts';
import { cellsOfRuns, type ComparedCells, compareCells } from './compare-cells.ts';

export interface ChangesOptions extends MistakeOptions, ImageOptions {
  /** Only the images that this one of the two gets right. */
  readonly right?: string;
  /** Whether the cells of the two runs are compared as well, over all their seeds. */
  readonly cells?: boolean;
}

/**
 * Compares what two runs, or imported networks, predict for the same images, and prints those that only one of them gets
 * right.
 * @throws Problem, Interrupted after Ctrl-C
 */
export async function runChanges(
  file: string,
  names: readonly [string, string],
  options: ChangesOptions,
): Promise<void> {
  const { right } = options;
  if (right !== undefined && !names.includes(right))
    throw new Problem('usage', `--right ${right}: name one of the two, ${names.join(' or ')}.`);
  const folder = options.output === undefined ? null : newFolder(options.output);
  const given = allImages(options);
  const store = openToRead(file);
  try {
    const ids = names.map((name) => idOf(store, name));
    if (ids[0] === ids[1]) throw new Problem('usage', `${names[0]} is named twice: name two.`);
    const data = given ?? dataOfOne(store, ids);
    const [one, other] = ids.map((id, place) => ({
      network: names[place] ?? id,
      data: imagesBefore(store, id, data),
    }));
    if (one?.data && other?.data) requireSameData({ ...one, data: one.data }, { ...other, data: other.data });
    const [a = '', b = ''] = ids;
    // refused before anything is computed
    const sides = options.cells === true ? cellsOfRuns(store, [a, b]) : null;
    const outcomes = await computeOutcomes(store, ids, { command: 'run changes', data });
    const [first, second] = outcomes.map((each, place) => ({
      ...each,
      network: names[place] ?? each.network,
    }));
    if (first === undefined || second === undefined) throw new Error('the outcomes were not stored');
    const cells = sides && (await compareCells(store, sides, data));
    await printChanges(
      { first, second, compared: compareOutcomes(first, second), cells },
      names,
      options,
      folder,
    );
  } finally {
    store.close();
  }
}

/** @throws Problem `not-found` */
function idOf(store: Store, name: string): string {
  const network = store.findNetwork(name);
  if (network === null) requireRuns(store, [name]);
  return network?.id ?? name;
}

/** An imported network beside a run is looked at on the run's data set. */
function dataOfOne(store: Store, ids: readonly string[]): string | null {
  const run = ids.find((id) => store.findNetwork(id) === null);
  return run === undefined || ids.every((id) => store.findNetwork(id) === null)
    ? null
    : dataOfRun(store, run).name;
}

/**
 * On which images it is, as far as that is known before anything is computed.
 * @throws Problem as `specifySubject` does
 */
function imagesBefore(store: Store, id: string, data: SubjectData['data']): ImageOutcomes['data'] | null {
  if (store.findNetwork(id) === null) return dataOfRun(store, id);
  if (data !== null && typeof data !== 'string') return null;
  const subject = specifySubject(store, id, { dataRoot: dataFolder(), data });
  return subject.kind === 'network' ? { name: subject.data, hash: subject.dataHash } : null;
}

interface Compared {
  readonly first: ImageOutcomes;
  readonly second: ImageOutcomes;
  readonly compared: ComparedOutcomes;
  /** Null unless they are asked for. */
  readonly cells: ComparedCells | null;
}

/** What is told of single images, and in which words. */
interface Shown {
  readonly names: readonly [string, string];
  readonly data: ImageOutcomes['data'];
  readonly named: (index: number) => string;
  /** Of those that match what was asked for as many as are wanted. */
  readonly shown: readonly OutcomeChange[];
  readonly matching: number;
}

async function printChanges(
  { first, second, compared, cells }: Compared,
  names: readonly [string, string],
  options: ChangesOptions,
  folder: string | null,
): Promise<void> {
  const { data } = first;
  const { classes, changes } = compared;
  const outcomes = [...first.outcomes, ...second.outcomes];
  const filter = classFilter({ classes, outcomes }, options);
  const right = sideRight(names, options.right);
  const matching = filterChanges(changes, { ...filter, right });
  const shown: Shown = {
    ...{ names, data, named: (index) => classNameOf(classes, index) },
    ...{ shown: firstShown(matching, options, folder), matching: matching.length },
  };
  if (folder !== null) await writeChanges(folder, shown);
  const difference = accuracyDifference([{ seed: 0, outcomes: first }], [{ seed: 0, outcomes: second }]);
  if (options.json) printJson(asJson({ compared, difference, cells }, shown));
  else {
    await printCompared(compared, names);
    printDifference(difference, names);
    if (cells !== null) printDifference(cells.difference, cells.names);
    await printShown(shown, changes.length);
    if (folder !== null) printLine(`The pictures are in ${folder}.`);
  }
}

function sideRight(
  names: readonly [string, string],
  right: string | undefined,
): OutcomeChange['right'] | null {
  if (right === undefined) return null;
  return right === names[0] ? 'first' : 'second';
}

async function printCompared(compared: ComparedOutcomes, names: readonly [string, string]): Promise<void> {
  await printTable(
    [{ title: 'outcome' }, { title: 'images', align: 'right' }],
    sidesOf(compared, names).map(({ what, images }) => [what, whole(images)]),
  );
  const { result, meaning } = mcnemarWords(compared, names);
  printLine();
  for (const each of [result, choicesText(compared, names), meaning]) if (each !== '') printLine(each);
}

/** With each interval the question that it answers. */
function printDifference(difference: AccuracyDifference, names: readonly [string, string]): void {
  printLine();
  for (const line of differenceWords(difference, names)) printLine(line);
}

async function printShown({ names, named, shown, matching }: Shown, changes: number): Promise<void> {
  if (shown.length > 0) {
    printLine();
    await printTable(
      [
        { title: 'image', align: 'right' },
        { title: 'true class' },
        ...names.flatMap((name) => [
          { title: `${name} predicts` },
          { title: 'loss', align: 'right' as const },
        ]),
        { title: 'change of loss', align: 'right' },
      ],
      shown.map((each) => [
        ...[String(each.image), named(each.truth)],
        ...[each.first, each.second].flatMap(({ predicted, loss }) => [named(predicted), lossText(loss)]),
        lossText(changeOfLoss(each)),
      ]),
    );
  }
  if (changes > 0) printLine(changesText(shown.length, matching));
}

function asJson(
  {
    compared,
    difference,
    cells,
  }: Pick<Compared, 'compared' | 'cells'> & { readonly difference: AccuracyDifference },
  { names, data, named, ...all }: Shown,
): unknown {
  const { images, bothRight, onlyFirst, onlySecond, bothWrong, test } = compared;
  const [known] = compared.choices;
  // of the first network, of whose classes the second's need not be
  const classOf = (index: number) => ({
    index: known === 0 || index < known ? index : null,
    name: named(index),
  });
  const prediction = ({ predicted, loss }: Prediction) => ({ predicted: classOf(predicted), loss });
  return {
    ...{ runs: names, data, images, bothRight, onlyFirst, onlySecond, bothWrong },
    ...{ difference: difference.difference, overImages: difference.overImages },
    ...(cells && { cells: { names: cells.names, runs: cells.runs, ...cells.difference } }),
    mcnemar: test && { images: test.n, p: test.p, midP: test.midP },
    matching: all.matching,
    shown: all.shown.map((each) => ({
      ...{ image: each.image, true: classOf(each.truth), right: nameRight(names, each) },
      ...{ first: prediction(each.first), second: prediction(each.second), changeOfLoss: changeOfLoss(each) },
    })),
  };
}

function writeChanges(folder: string, { names, data, named, shown }: Shown): Promise<void> {
  return writePictures(folder, {
    data,
    columns: ['true', 'right', ...names.flatMap((name) => [`${name} predicts`, `${name} loss`])],
    pictures: shown.map((each) => ({
      image: each.image,
      words: [named(each.truth), nameRight(names, each), 'right'],
      row: [
        ...[named(each.truth), nameRight(names, each)],
        ...[each.first, each.second].flatMap(({ predicted, loss }) => [named(predicted), loss]),
      ],
    })),
  });
}

function nameRight([first, second]: readonly [string, string], { right }: OutcomeChange): string {
  return right === 'first' ? first : second;
}
