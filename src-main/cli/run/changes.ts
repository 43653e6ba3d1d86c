import {
  changeOfLoss,
  compareOutcomes,
  type ComparedOutcomes,
  type OutcomeChange,
  type Prediction,
  requireSameData,
} from '../../../src-shared/analysis/outcome-changes.ts';
import { changesText, mcnemarWords, sidesOf } from '../../../src-shared/analysis/outcome-words.ts';
import { classNameOf, type ImageOutcomes } from '../../../src-shared/analysis/outcomes.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { whole } from '../../../src-shared/numbers.ts';
import { dataOfRun } from '../../analysis/read-outcomes.ts';
import { openToRead } from '../open-to-read.ts';
import { classFilter } from '../outcomes/class-filter.ts';
import { computeOutcomes } from '../outcomes/compute-outcomes.ts';
import { firstShown, type MistakeOptions } from '../outcomes/print-mistakes.ts';
import { newFolder, writePictures } from '../outcomes/write-pictures.ts';
import { printJson, printLine, printTable } from '../output.ts';
import { requireRuns } from '../require-runs.ts';

export interface ChangesOptions extends Omit<MistakeOptions, 'predicted'> {
  /** Only the images that this one of the two runs gets right. */
  readonly right?: string;
}

/**
 * Compares what two runs predict for the same test images, and prints those that only one of them gets right.
 * @throws Problem, Interrupted after Ctrl-C
 */
export async function runChanges(
  file: string,
  ids: readonly [string, string],
  options: ChangesOptions,
): Promise<void> {
  if (ids[0] === ids[1]) throw new Problem('usage', `${ids[0]} is named twice: name two runs.`);
  const { right } = options;
  if (right !== undefined && !ids.includes(right))
    throw new Problem('usage', `--right ${right}: name one of the two runs, ${ids.join(' or ')}.`);
  const folder = options.output === undefined ? null : newFolder(options.output);
  const store = openToRead(file);
  try {
    requireRuns(store, ids);
    const [one, other] = [ids[0], ids[1]].map((network) => ({ network, data: dataOfRun(store, network) }));
    if (one && other) requireSameData(one, other);
    const [first, second] = await computeOutcomes(store, ids, { command: 'run changes', data: null });
    if (first === undefined || second === undefined) throw new Error('the outcomes were not stored');
    await printChanges({ first, compared: compareOutcomes(first, second) }, ids, options, folder);
  } finally {
    store.close();
  }
}

interface Compared {
  readonly first: ImageOutcomes;
  readonly compared: ComparedOutcomes;
}

/** What is told of single images, and in which words. */
interface Shown {
  readonly ids: readonly [string, string];
  readonly data: ImageOutcomes['data'];
  readonly named: (index: number) => string;
  /** Of those that match what was asked for as many as are wanted. */
  readonly shown: readonly OutcomeChange[];
  readonly matching: number;
}

async function printChanges(
  { first, compared }: Compared,
  ids: readonly [string, string],
  options: ChangesOptions,
  folder: string | null,
): Promise<void> {
  const { classes, data } = first;
  const { truth } = classFilter(first, options);
  const right = sideRight(ids, options.right);
  const matching = compared.changes.filter(
    (each) => (truth === null || each.truth === truth) && (right === null || each.right === right),
  );
  const shown: Shown = {
    ...{ ids, data, named: (index) => classNameOf(classes, index) },
    ...{ shown: firstShown(matching, options, folder), matching: matching.length },
  };
  if (folder !== null) await writeChanges(folder, shown);
  if (options.json) printJson(asJson(compared, shown));
  else {
    await printCompared(compared, ids);
    await printShown(shown);
    if (folder !== null) printLine(`The pictures are in ${folder}.`);
  }
}

function sideRight(ids: readonly [string, string], right: string | undefined): OutcomeChange['right'] | null {
  if (right === undefined) return null;
  return right === ids[0] ? 'first' : 'second';
}

async function printCompared(compared: ComparedOutcomes, ids: readonly [string, string]): Promise<void> {
  await printTable(
    [{ title: 'test images' }, { title: 'images', align: 'right' }],
    sidesOf(compared, ids).map(({ what, images }) => [what, whole(images)]),
  );
  const { result, meaning } = mcnemarWords(compared, ids);
  printLine();
  printLine(result);
  if (meaning !== '') printLine(meaning);
}

async function printShown({ ids, named, shown, matching }: Shown): Promise<void> {
  if (shown.length > 0) {
    printLine();
    await printTable(
      [
        { title: 'image', align: 'right' },
        { title: 'true class' },
        ...ids.flatMap((id) => [{ title: `${id} predicts` }, { title: 'loss', align: 'right' as const }]),
        { title: 'change of loss', align: 'right' },
      ],
      shown.map((each) => [
        ...[String(each.image), named(each.truth)],
        ...[each.first, each.second].flatMap(({ predicted, loss }) => [named(predicted), loss.toFixed(2)]),
        changeOfLoss(each).toFixed(2),
      ]),
    );
  }
  if (matching > 0) printLine(changesText(shown.length, matching));
}

function asJson(compared: ComparedOutcomes, { ids, data, named, ...all }: Shown): unknown {
  const { images, bothRight, onlyFirst, onlySecond, bothWrong, test } = compared;
  const classOf = (index: number) => ({ index, name: named(index) });
  const prediction = ({ predicted, loss }: Prediction) => ({ predicted: classOf(predicted), loss });
  return {
    ...{ runs: ids, data, images, bothRight, onlyFirst, onlySecond, bothWrong },
    mcnemar: test && { images: test.n, p: test.p, midP: test.midP },
    matching: all.matching,
    shown: all.shown.map((each) => ({
      ...{ image: each.image, true: classOf(each.truth), right: idRight(ids, each) },
      ...{ first: prediction(each.first), second: prediction(each.second), changeOfLoss: changeOfLoss(each) },
    })),
  };
}

function writeChanges(folder: string, { ids, data, named, shown }: Shown): Promise<void> {
  return writePictures(folder, {
    data,
    columns: ['true', 'right', ...ids.flatMap((id) => [`${id} predicts`, `${id} loss`])],
    pictures: shown.map((each) => ({
      image: each.image,
      words: [named(each.truth), idRight(ids, each), 'right'],
      row: [
        ...[named(each.truth), idRight(ids, each)],
        ...[each.first, each.second].flatMap(({ predicted, loss }) => [named(predicted), loss]),
      ],
    })),
  });
}

function idRight([first, second]: readonly [string, string], { right }: OutcomeChange): string {
  return right === 'first' ? first : second;
}
