import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type RandomStream, randomStream } from '../../../src-shared/random.ts';
import { costCells } from '../../../src-shared/studies/cost-cells.ts';
import { readStudy } from '../../../src-shared/studies/read-study.ts';
import { processorTime } from '../../processor-time.ts';
import { examples } from './example-texts.ts';

const FOLDER = join(import.meta.dirname, '..', '..', '..', 'resources', 'studies');
const SHAPES = { name: 'shapes', shape: [32, 32, 3], classes: 10, trainingCount: 1000 } as const;
const FILES = [
  ...readdirSync(FOLDER).map((file) => readFileSync(join(FOLDER, file), 'utf8')),
  ...Object.values(examples),
];

/** What a wrong file has in it: marks of YAML, names of JavaScript, numbers beyond all bounds. */
const PIECES = [
  ...[
    '*a',
    '&a ',
    '&a [*a]',
    '<<: *a',
    '- ',
    '? ',
    ': ',
    '{',
    '}',
    '[',
    ']',
    '---\n',
    '...\n',
    '!!binary ',
    '!x ',
  ],
  ...[
    '|\n',
    '>-\n',
    '%YAML 1.1\n',
    '#',
    '"',
    "'",
    '\t',
    '\n',
    '\r\n',
    '\0',
    '\uFFFD',
    '\uFEFF',
    '\uD800',
    '😀',
  ],
  ...[
    '__proto__',
    'constructor: 1',
    'toString',
    'hasOwnProperty: {}',
    'prototype',
    'null',
    '~',
    'true',
    'yes',
  ],
  ...[
    '.nan',
    '-.inf',
    '1e999',
    '-0',
    '0x1F',
    '1_000',
    '99999999999999999999',
    '0.1.2',
    '1e-324',
    '2001-01-01',
  ],
  ...[
    '[[[[[[[[',
    '{a: {a: {a: ',
    'network.sr[2]',
    'network.sr.2',
    'network.',
    'training.x',
    'vary',
    'cells',
    'seeds: []',
  ],
  ...[
    'sample: { cells: 1e9 }',
    'extraSeeds: [{}]',
    'family: alexnet',
    'stem: imagenet',
    'batch: 1e9',
    'warmup: 1',
  ],
];

function oneOf<T>(stream: RandomStream, items: readonly T[]): T {
  return items[stream.integer(items.length)] ?? assert.fail();
}

/** A file with a few things done to it that people and programs do to files. */
function spoil(stream: RandomStream, file: string): string {
  let text = file;
  for (let changes = stream.integer(4); changes >= 0; changes--) {
    const place = stream.integer(text.length + 1);
    const end = Math.min(text.length, place + stream.integer(30));
    const other = oneOf(stream, FILES);
    const changed = [
      () => text.slice(0, place) + oneOf(stream, PIECES) + text.slice(place),
      () => text.slice(0, place) + oneOf(stream, PIECES) + text.slice(end),
      () => text.slice(0, place) + text.slice(end),
      () => text.slice(0, place),
      () => text.slice(0, place) + text.slice(place, end).repeat(1 + stream.integer(4)) + text.slice(end),
      () => text.slice(0, place) + other.slice(stream.integer(other.length)),
      () => oneOf(stream, PIECES).repeat(1 + stream.integer(200)),
      () => text.replace(/^\s*\S+/m, (line) => line.toUpperCase()),
    ];
    text = oneOf(stream, changed)();
  }
  return text;
}

test('whatever a file holds, it is a study or has mistakes with lines that it has', () => {
  const counts = { studies: 0, mistakes: 0 };
  for (let seed = 0; seed < 1000; seed++) {
    const stream = randomStream(seed, 'fuzz');
    const text = spoil(stream, oneOf(stream, FILES));
    const about = `${seed}: ${JSON.stringify(text)}`;
    const started = processorTime();
    try {
      const reading = readStudy(text);
      const costed = reading.ok
        ? costCells(reading.study.definition, reading.study.cells, SHAPES)
        : { ok: false as const, mistakes: [] };
      const mistakes = reading.ok ? reading.place(costed.ok ? [] : costed.mistakes) : reading.mistakes;
      if (costed.ok) counts.studies += 1;
      else counts.mistakes += 1;
      assert(costed.ok || mistakes.length > 0, about);
      const lines = text.split(/\r\n|\n/).length;
      for (const { line, message } of mistakes) {
        assert(line === null || (line >= 1 && line <= lines), `${about}: line ${line}`);
        assert(message.length > 0 && !message.includes('undefined'), `${about}: ${message}`);
      }
    } catch (error) {
      throw new Error(about, { cause: error });
    }
    assert(processorTime() - started < 2000, `took too long: ${about}`);
  }
  assert(counts.studies > 50 && counts.mistakes > 500, JSON.stringify(counts));
});
