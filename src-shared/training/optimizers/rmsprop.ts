import { z } from 'zod';
import { field } from '../../fields/field.ts';
import { defineOptimizer, updateRule } from './optimizer.ts';

/** As in PyTorch, which adds it to the root. */
const EPSILON = 1e-8;

/** The gradient over the root of a moving average of its square (Tieleman and Hinton 2012), as PyTorch's, which calls rho alpha, without momentum. */
export const rmsprop = defineOptimizer(
  {
    ...{ name: 'rmsprop', title: 'RMSprop', order: 4, decoupledDecay: false, normalized: ['parameters'] },
    fields: {
      rho: field(z.number().min(0).lt(1).default(0.99), {
        ...{ title: 'rho', short: 'ρ', about: 'decay rate of the mean squared gradient' },
      }),
    },
  },
  ({ rho }) =>
    updateRule({
      slots: ['squareAverage'],
      scalars: () => ({}),
      direction({ add, mul, div, square, sqrt }, gradient, slots) {
        const squareAverage = add(mul(slots.squareAverage, rho), mul(square(gradient), 1 - rho));
        return { direction: div(gradient, add(sqrt(squareAverage), EPSILON)), slots: { squareAverage } };
      },
    }),
);
