export { localProcesses } from './local-processes/index.ts';
