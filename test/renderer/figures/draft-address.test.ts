import assert from 'node:assert/strict';
import { test } from 'node:test';
import { figureSpecificationSchema } from '../../../src-shared/figures/figure-specification.ts';
import { type NamedRuns, readDraft, writeDraft } from '../../../src-renderer/figures/draft-address.ts';

const MANY = Array.from({ length: 10_000 }, (_, place) => `run${String(place).padStart(5, '0')}`);
const FEW = MANY.slice(0, 100);
const figureOf = (runs: readonly string[]): ReturnType<typeof figureSpecificationSchema.parse> =>
  figureSpecificationSchema.parse({
    source: { kind: 'runs', runs },
    chart: { kind: 'factor', x: 'network.sr' },
  });

function refusal(text: string, named: NamedRuns): string {
  const read = readDraft(text, named);
  return typeof read === 'string' ? read : assert.fail('the text is a figure');
}

test('many selected runs stand in an address by their name, few by their ids', () => {
  const named = { selected: MANY, saved: null };
  const text = writeDraft(figureOf(MANY), named);
  assert.ok(text.length < 500, `${text.length} letters`);
  assert.deepEqual(readDraft(text, named), figureOf(MANY));
  const other = { selected: FEW, saved: null };
  assert.deepEqual(readDraft(writeDraft(figureOf(FEW), other), named), figureOf(FEW));
});

test('runs of a saved figure are named by it, whatever is selected', () => {
  const named = { selected: FEW, saved: figureOf(MANY).source };
  const text = writeDraft(figureOf(MANY), named);
  assert.ok(text.length < 500, `${text.length} letters`);
  assert.deepEqual(readDraft(text, named), figureOf(MANY));
  assert.match(refusal(text, { selected: MANY, saved: null }), /saved figure that does not exist/);
});

test('runs that no name fits are kept as they are', () => {
  const named = { selected: MANY.toReversed(), saved: figureOf(FEW).source };
  const text = writeDraft(figureOf(MANY), named);
  assert.deepEqual(readDraft(text, { selected: [], saved: null }), figureOf(MANY));
});

test('an address that names a selection says where none is', () => {
  const text = writeDraft(figureOf(MANY), { selected: MANY, saved: null });
  assert.match(refusal(text, { selected: [], saved: null }), /no runs are selected\. Select/);
});

test('a draft that is none is refused with what is wrong', () => {
  const named = { selected: MANY, saved: null };
  assert.match(refusal('{', named), /not JSON/);
  assert.match(refusal('{"source":{"kind":"study"},"chart":{"kind":"taps"}}', named), /study/);
  assert.match(refusal('{"source":{"kind":"selection"}}', named), /chart/);
});
