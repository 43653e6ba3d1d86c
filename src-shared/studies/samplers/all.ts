export { grid } from './grid.ts';
export { list } from './list.ts';
export { random } from './random.ts';
