export { csv } from './csv.ts';
export { json } from './json.ts';
export { mlflow } from './mlflow.ts';
export { tensorboard } from './tensorboard.ts';
