import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DraftNews, evaluateDraft } from '../../../../src-renderer/pages/new-study/evaluate-study.ts';
import { networkCost } from '../../../../src-shared/networks/costs.ts';
import { parseNetwork, resolveNetwork } from '../../../../src-shared/networks/parse-network.ts';

const SHAPES = { name: 'shapes', shape: [32, 32, 3], classes: 10, trainingCount: 1000 } as const;
const STUDY = `study: a
dataset: shapes
network: { family: squeezenet, stem: small }
vary: { network.sr: [0.25, 0.5], training.batch: [10, 950] }
`;

const newsOf = (text: string): DraftNews[] => [...evaluateDraft({ number: 1, text, datasets: [SHAPES] })];
const placesOf = (news: DraftNews | undefined) =>
  news?.mistakes?.map(({ path, line }) => [path.join('.'), line]) ?? [];

test('a draft is read, then its cells are costed, with the mistakes of those that do not fit', () => {
  const [read, rows, ...rest] = newsOf(STUDY);
  assert(read?.kind === 'read' && rows?.kind === 'rows');
  assert.deepEqual([read.cells, read.runs, rest.length], [4, 12, 0]);
  const graph = resolveNetwork(parseNetwork({ family: 'squeezenet', stem: 'small', sr: 0.25 }), {
    input: [32, 32, 3],
    classes: 10,
  });
  assert.deepEqual(
    rows.rows.map(({ cost }) => cost?.parameters ?? null),
    [networkCost(graph).parameters, null, rows.rows[2]?.cost?.parameters ?? null, null],
  );
  assert.deepEqual(placesOf(rows), [['vary.training.batch.1', 4]]);
});

test('a missing name does not hide what the study costs; any other mistake does', () => {
  const [read, rows] = newsOf(STUDY.replace('study: a\n', '').replace(', 950', ''));
  assert(read?.kind === 'read' && rows?.kind === 'rows');
  assert.deepEqual(placesOf(read), [['study', null]]);
  assert.deepEqual(placesOf(rows), [['study', null]]);
  const [mistaken, ...rest] = newsOf(STUDY.replace('0.25', '2.5'));
  assert(mistaken?.kind === 'mistaken');
  assert.deepEqual([placesOf(mistaken), rest], [[['vary.network.sr.0', 4]], []]);
});

test('a file that cannot be read is not a valid study in the page either', () => {
  for (const line of [
    'vary: { network.sr: *nope }',
    'vary: &v { network.sr: [*v] }',
    'training: &t { epochs: *t }',
  ]) {
    const [mistaken] = newsOf(STUDY.replace(/vary: .*/, line));
    assert(mistaken?.kind === 'mistaken', line);
    assert.equal(mistaken.mistakes[0]?.line, 4, line);
  }
});

test('thousands of cells come in parts that a frame takes; an unknown data set costs nothing', () => {
  const shares = Array.from({ length: 60 }, (_, index) => (index + 1) / 61).join(', ');
  const large = STUDY.replace(
    /vary: .*/,
    `vary: { network.sr: [${shares}], training.learningRate: [${shares}] }`,
  );
  const [read, ...parts] = newsOf(large);
  assert(read?.kind === 'read');
  assert.equal(read.cells, 3600);
  const sizes = parts.map((news) => (news.kind === 'rows' ? news.rows.length : 0));
  assert.equal(
    sizes.reduce((sum, size) => sum + size),
    3600,
  );
  assert(Math.max(...sizes) <= 250);
  const unknown = newsOf(large.replace('dataset: shapes', 'dataset: other')).at(-1);
  assert(unknown?.kind === 'rows' && unknown.rows.every(({ cost }) => cost === null));
  assert.deepEqual(unknown.mistakes, []);
});
