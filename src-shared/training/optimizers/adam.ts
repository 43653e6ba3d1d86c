import { momentFields, momentRule } from './moments.ts';
import { defineOptimizer } from './optimizer.ts';

/** Kingma and Ba, arXiv 1412.6980. */
export const adam = defineOptimizer(
  {
    ...{ name: 'adam', title: 'Adam', order: 2, decoupledDecay: false, normalized: ['parameters'] },
    fields: momentFields,
  },
  momentRule,
);
