import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { acceptedValues } from '../../../src-shared/fields/accepted-values.ts';
import { describeFields, field } from '../../../src-shared/fields/field.ts';
import { familyNames } from '../../../src-shared/networks/families.ts';
import { familyFields } from '../../../src-shared/networks/parse-network.ts';
import { requireColumn, resolveColumn } from '../../../src-shared/runs/resolve-column.ts';
import { recipeSchema } from '../../../src-shared/studies/recipe.ts';
import { dataSchema } from '../../../src-shared/studies/study-schema.ts';

const networkFields = familyNames.flatMap(familyFields);
const recipeFields = describeFields(recipeSchema);

test('a field of one name is called the same in every family, and no two settings share a name or an alias', () => {
  for (const fields of Map.groupBy(networkFields, ({ name }) => name).values())
    assert.equal(new Set(fields.map(({ title, short }) => `${title} ${short}`)).size, 1, fields[0]?.name);
  const titles = new Map([...networkFields, ...recipeFields].map(({ name, title }) => [name, title]));
  assert.equal(new Set(titles.values()).size, titles.size);
  for (const { name, aliases } of [...networkFields, ...recipeFields])
    for (const alias of aliases) assert.match(resolveColumn(alias)?.key ?? '', new RegExp(`\\.${name}$`));
});

test('columns are called what the schema calls the field, and so is the term of the glossary', () => {
  const glossary = fs.readFileSync(path.join(import.meta.dirname, '../../../docs/glossary.md'), 'utf8');
  const rows = glossary.split('\n').filter((line) => line.startsWith('|'));
  const parts = [
    ['network.', networkFields],
    ['training.', recipeFields],
    ['', describeFields(dataSchema)],
  ] as const;
  for (const [part, fields] of parts)
    for (const { name, title, short } of fields) {
      if (part !== '') {
        const column = requireColumn(`${part}${name}`);
        assert.deepEqual([column.title, column.short], [title, short]);
      }
      const term = title.replace('×', 'x').replace('Nesterov ', '');
      assert.ok(
        rows.some((row) => row.includes(`\`${name}\``) && row.split('|')[1]?.includes(term)),
        `${name} is called ${title}, and otherwise in the glossary`,
      );
    }
});

test('what a field accepts is said from its schema', () => {
  const said: readonly (readonly [z.ZodType, string])[] = [
    [z.int().min(2).optional(), 'a whole number of at least 2'],
    [z.int().positive(), 'a whole number above 0'],
    [z.number().gt(0).max(1).default(1), 'a number above 0 and at most 1'],
    [z.number().min(0).lt(1), 'a number from 0 to below 1'],
    [z.number(), 'a number'],
    [z.boolean(), 'true or false'],
    [z.literal([1, 2, 3]), '1, 2 or 3'],
    [z.array(z.enum(['crop', 'flip'])), 'a list of any of crop, flip'],
    [z.array(z.number()), 'a list of numbers'],
  ];
  for (const [schema, words] of said) assert.equal(acceptedValues(schema), words);
});

test('a field without words is a mistake of who wrote it', () => {
  const worded = field(z.int().default(1), { title: 'width', about: 'of it' });
  assert.deepEqual(describeFields(z.object({ width: worded })), [
    {
      ...{ name: 'width', title: 'width', short: 'width', aliases: [], about: 'of it' },
      ...{ accepts: 'a whole number', default: 1 },
    },
  ]);
  assert.throws(
    () => describeFields(z.object({ width: z.int().default(1) })),
    /the field width has no words/,
  );
});
