import { z } from 'zod';
import { field } from '../../fields/field.ts';
import { defineOptimizer, updateRule } from './optimizer.ts';

/**
 * Stochastic gradient descent with momentum as in PyTorch: v = m v + g; the direction is g + m v with Nesterov, v
 * without. Without momentum it is g, and nothing is kept.
 */
export const sgd = defineOptimizer(
  {
    ...{ name: 'sgd', title: 'SGD', order: 1, decoupledDecay: false, normalized: [] },
    fields: {
      momentum: field(z.number().min(0).lt(1).default(0.9), {
        ...{ title: 'momentum', about: 'share of the previous update that is added to the next' },
      }),
      nesterov: field(z.boolean().default(true), {
        ...{ title: 'Nesterov momentum', short: 'nesterov', about: 'evaluate momentum one step ahead' },
      }),
    },
  },
  ({ momentum, nesterov }) => {
    if (momentum === 0)
      return updateRule({
        slots: [],
        scalars: () => ({}),
        direction: (_, gradient) => ({ direction: gradient, slots: {} }),
      });
    return updateRule({
      slots: ['velocity'],
      scalars: () => ({}),
      direction({ add, mul }, gradient, slots) {
        const velocity = add(mul(slots.velocity, momentum), gradient);
        const direction = nesterov ? add(gradient, mul(velocity, momentum)) : velocity;
        return { direction, slots: { velocity } };
      },
    });
  },
);
