export { grid } from './grid.ts';
export { halton } from './halton.ts';
export { list } from './list.ts';
export { random } from './random.ts';
