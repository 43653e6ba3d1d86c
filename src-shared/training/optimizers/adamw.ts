import { momentFields, momentRule } from './moments.ts';
import { defineOptimizer } from './optimizer.ts';

/** Adam with weight decay apart from the gradient (Loshchilov and Hutter, arXiv 1711.05101). */
export const adamw = defineOptimizer(
  {
    ...{ name: 'adamw', title: 'AdamW', order: 3, decoupledDecay: true, normalized: ['parameters'] },
    fields: momentFields,
  },
  momentRule,
);
