import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { mistakesProblem } from '../../../src-shared/mistakes/mistakes-problem.ts';
import { checkInput } from '../../../src-shared/mistakes/check-input.ts';
import { nearestName } from '../../../src-shared/mistakes/nearest-name.ts';
import { showMistake } from '../../../src-shared/mistakes/show-mistake.ts';
import { showValue } from '../../../src-shared/mistakes/show-value.ts';
import { processorTime } from '../../processor-time.ts';

const schema = z.strictObject({
  name: z.string({ error: 'expected a name such as a' }),
  count: z.int().positive().optional(),
  share: z.number().min(0).lt(1).optional(),
  list: z
    .array(z.enum(['one', 'two']))
    .min(2)
    .optional(),
  kind: z
    .discriminatedUnion('is', [
      z.strictObject({ is: z.literal('a') }),
      z.strictObject({ is: z.literal('b'), 'dotted.key': z.boolean() }),
    ])
    .optional(),
});

const CASES: readonly (readonly [input: unknown, sentence: string])[] = [
  [{}, 'name: missing; expected a name such as a.'],
  [{ name: 'a', count: 0 }, 'count: 0 is not accepted; expected more than 0.'],
  [{ name: 'a', count: '1' }, 'count: "1" is not accepted; expected a number.'],
  [{ name: 'a', count: 1.5 }, 'count: 1.5 is not accepted; expected a whole number.'],
  [{ name: 'a', share: 1 }, 'share: 1 is not accepted; expected less than 1.'],
  [{ name: 'a', share: -1 }, 'share: -1 is not accepted; expected at least 0.'],
  [{ name: 'a', share: NaN }, 'share: .nan is not a finite number; expected a number.'],
  [{ name: 'a', list: ['one'] }, 'list: ["one"] is not accepted; expected at least 2 entries.'],
  [
    { name: 'a', list: ['one', 'tow'] },
    'list[1]: "tow" is not accepted; did you mean two? expected one or two.',
  ],
  [{ name: 'a', kind: { is: 'c' } }, 'kind.is: "c" is not accepted; expected a or b.'],
  [
    { name: 'a', kind: { is: 'b', 'dotted.key': 1 } },
    'kind.dotted.key: 1 is not accepted; expected true or false.',
  ],
  [
    { name: 'a', nmae: 1 },
    'nmae: there is no such key; did you mean name? the keys here are name, count, share, list, kind.',
  ],
  // of alternatives the keys are those of the one that was chosen
  [
    { name: 'a', kind: { is: 'b', 'dotted.key': true, doted: 1 } },
    'kind.doted: there is no such key; the keys here are is, dotted.key.',
  ],
  [{ name: 'a', kind: { is: 'a', far: 1 } }, 'kind.far: there is no such key; the keys here are is.'],
  [
    JSON.parse('{ "name": "a", "constructor": 1 }'),
    'constructor: there is no such key; the keys here are name, count, share, list, kind.',
  ],
];

test('keys are told of what is changed before it is checked, and no empty list of them', () => {
  const told = (checking: z.ZodType, input: unknown): string[] => {
    const checked = checkInput(checking, input);
    assert(!checked.ok);
    return checked.mistakes.map(showMistake);
  };
  assert.deepEqual(
    told(
      z.preprocess((given) => given, schema),
      { name: 'a', nmae: 1 },
    ),
    ['nmae: there is no such key; did you mean name? the keys here are name, count, share, list, kind.'],
  );
  const either = z.union([z.strictObject({ a: z.int() }), z.strictObject({ a: z.int(), b: z.int() })]);
  for (const sentence of told(z.strictObject({ of: either }), { of: { a: 1, c: 1 } }))
    assert.doesNotMatch(sentence, /keys here are \./);
});

test('what a schema refuses is a mistake with path, value and what would be right', () => {
  for (const [input, sentence] of CASES) {
    const checked = checkInput(schema, input);
    assert(!checked.ok, sentence);
    assert.deepEqual(checked.mistakes.map(showMistake), [sentence]);
  }
  const checked = checkInput(schema, { name: 'a', kind: { is: 'b', 'dotted.key': 1 } });
  assert(!checked.ok);
  assert.deepEqual(
    checked.mistakes.map(({ path, value }) => ({ path, value })),
    [{ path: ['kind', 'dotted.key'], value: 1 }],
  );
});

test('where nothing of a union fits, all that would is told, and the nearest of the names', () => {
  const told = (schema: z.ZodType, value: unknown): string => {
    const checked = checkInput(schema, value);
    assert(!checked.ok);
    return checked.mistakes.map(({ message }) => message).join(' ');
  };
  const named = z.union([z.enum(['loss', 'accuracy']), z.custom<number>(() => false, 'a name of your own')]);
  assert.equal(
    told(named, 'lost'),
    '"lost" is not accepted; did you mean loss? expected loss or accuracy; or a name of your own.',
  );
  assert.equal(
    told(z.union([z.string(), z.array(z.int())]), 1),
    '1 is not accepted; expected text; or expected a list.',
  );
});

test('a Problem carries its mistakes, and tells no more than a screen holds', () => {
  const mistakes = Array.from({ length: 60 }, (_, index) => ({
    path: [index],
    value: index,
    message: 'no.',
  }));
  const problem = mistakesProblem('usage', mistakes, 'It is wrong:');
  assert.equal(problem.mistakes.length, 51);
  const lines = problem.message.split('\n');
  assert.deepEqual([lines[0], lines[1], lines.at(-1)], ['It is wrong:', '[0]: no.', '… and 10 more.']);
});

test('a value is shown as it may have been written, and shortened', () => {
  assert.equal(showValue([0.5, -Infinity, 'a']), '[0.5,"-.inf","a"]');
  assert.equal(showValue(Infinity), '.inf');
  assert.equal(showValue('x'.repeat(1e6)).length, 80);
});

test('a name of a million letters is near to none, at once', () => {
  const started = processorTime();
  assert.equal(nearestName('x'.repeat(1e6), ['learningRate', 'x'.repeat(40)]), null);
  assert(processorTime() - started < 1000);
  assert.equal(nearestName('learnrate', ['epochs', 'learningRate']), 'learningRate');
});
