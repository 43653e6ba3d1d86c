import { z } from 'zod';
import { field } from '../../fields/field.ts';
import { updateRule, type UpdateRule } from './optimizer.ts';

/** As in PyTorch. */
const EPSILON = 1e-8;

/** The fields of Adam and its kin. */
export const momentFields = {
  beta1: field(z.number().min(0).lt(1).default(0.9), {
    ...{ title: 'beta 1', short: 'β₁', about: 'decay rate of the first moment' },
  }),
  beta2: field(z.number().min(0).lt(1).default(0.999), {
    ...{ title: 'beta 2', short: 'β₂', about: 'decay rate of the second moment' },
  }),
};

/**
 * The first moment of the gradient over the root of the second, both corrected for having begun at zero (Kingma and Ba,
 * arXiv 1412.6980, algorithm 1).
 */
export function momentRule({ beta1, beta2 }: { readonly beta1: number; readonly beta2: number }): UpdateRule {
  return updateRule({
    slots: ['firstMoment', 'secondMoment'],
    scalars: (time) => ({ correction1: 1 - beta1 ** time, correction2: 1 - beta2 ** time }),
    direction({ add, mul, div, square, sqrt }, gradient, slots, { correction1, correction2 }) {
      const firstMoment = add(mul(slots.firstMoment, beta1), mul(gradient, 1 - beta1));
      const secondMoment = add(mul(slots.secondMoment, beta2), mul(square(gradient), 1 - beta2));
      const scale = add(sqrt(div(secondMoment, correction2)), EPSILON);
      return { direction: div(div(firstMoment, correction1), scale), slots: { firstMoment, secondMoment } };
    },
  });
}
