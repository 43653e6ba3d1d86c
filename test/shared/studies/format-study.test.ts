import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { formatStudy } from '../../../src-shared/studies/format-study.ts';
import { parseStudy } from '../../../src-shared/studies/parse-study.ts';
import { examples } from './example-texts.ts';

const FOLDER = join(import.meta.dirname, '..', '..', '..', 'resources', 'studies');

test('a formatted study reads back as the same definition', () => {
  const shipped = readdirSync(FOLDER).map((file) => readFileSync(join(FOLDER, file), 'utf8'));
  assert(shipped.length > 0);
  for (const text of [...shipped, ...Object.values(examples)]) {
    const definition = parseStudy(text, 'example').definition;
    const formatted = formatStudy(definition);
    assert.deepEqual(parseStudy(formatted, 'formatted').definition, definition, formatted);
  }
});

test('a formatted study is laid out as in the documentation', () => {
  assert.equal(formatStudy(parseStudy(examples.grid, 'grid').definition), examples.grid);
  assert.equal(formatStudy(parseStudy(examples.list, 'list').definition), examples.list);
});
