export { background } from './background/index.ts';
export { localProcesses } from './local-processes/index.ts';
export { slurm } from './slurm/index.ts';
