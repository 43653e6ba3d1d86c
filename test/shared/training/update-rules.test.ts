import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { z } from 'zod';
import type { Arithmetic } from '../../../src-shared/training/optimizers/optimizer.ts';
import { OPTIMIZERS } from '../../../src-shared/training/optimizers/registry.ts';

const vector = z.array(z.number());
const fixture = z
  .object({
    start: vector,
    gradients: z.array(vector),
    learningRate: z.number(),
    weightDecay: z.number(),
    weights: z.record(z.string(), z.array(vector)),
  })
  .parse(JSON.parse(readFileSync(new URL('../../fixtures/torch-optimizers.json', import.meta.url), 'utf8')));

type Vector = readonly number[];

/** In double precision, as the fixture is. */
const arithmetic: Arithmetic<Vector, number> = {
  add: (a, b) => a.map((value, index) => value + at(b, index)),
  sub: (a, b) => a.map((value, index) => value - at(b, index)),
  mul: (a, b) => a.map((value, index) => value * at(b, index)),
  div: (a, b) => a.map((value, index) => value / at(b, index)),
  square: (a) => a.map((value) => value ** 2),
  sqrt: (a) => a.map(Math.sqrt),
};

function at(operand: Vector | number, index: number): number {
  return typeof operand === 'number' ? operand : (operand[index] ?? Number.NaN);
}

test('each optimizer takes the steps of torch.optim, to 1e-12', () => {
  const { start, gradients, learningRate, weightDecay } = fixture;
  for (const { name, rule, decoupledDecay } of OPTIMIZERS) {
    const expected = fixture.weights[name];
    assert.ok(expected, `${name} is not in the fixture: add it to torch-optimizers.py`);
    const update = rule({});
    let slots: Readonly<Record<string, Vector>> = Object.fromEntries(
      update.slots.map((slot) => [slot, start.map(() => 0)]),
    );
    let weights: Vector = start;
    for (const [step, given] of gradients.entries()) {
      const decay = arithmetic.mul(weights, weightDecay);
      const gradient = decoupledDecay ? given : arithmetic.add(given, decay);
      const taken = update.direction(arithmetic, gradient, slots, update.scalars(step + 1));
      slots = taken.slots;
      const change = decoupledDecay ? arithmetic.add(taken.direction, decay) : taken.direction;
      weights = arithmetic.sub(weights, arithmetic.mul(change, learningRate));
      for (const [index, weight] of (expected[step] ?? []).entries())
        assert.ok(Math.abs(weight - at(weights, index)) < 1e-12, `${name}, step ${step}, weight ${index}`);
    }
  }
});
