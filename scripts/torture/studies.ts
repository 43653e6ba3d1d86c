/** Studies that are trained in seconds, of all that differs in what a run carries from step to step. */
const NETWORKS = [
  `network: { family: squeezenet, version: 1.1, stem: small, stemFilters: 8, baseE: 8, incrE: 8, dropout: 0.3 }
vary: { network.sr: [0.25, 1] }
training: { epochs: 4, batch: 64, learningRate: 0.01, augment: [crop, flip] }`,
  `network: { family: mobilenet-v1, alpha: 0.125, stem: small }
vary: { training.learningRate: [0.002, 0.004] }
training: { epochs: 3, batch: 64, optimizer: adam, schedule: cosine, warmup: 1, augment: [rotation, flip] }`,
  `network: { family: shufflenet-v1, groups: 3, scale: 0.125, stem: small }
vary: { training.learningRate: [0.002, 0.004] }
training: { epochs: 3, batch: 64, optimizer: adamw, schedule: step, milestones: [1, 2], gamma: 0.1 }`,
  `network: { family: squeezenet, stem: small, stemFilters: 8, baseE: 8, incrE: 8, batchNorm: true }
vary: { network.pct3x3: [0, 0.5] }
training: { epochs: 4, batch: 64, optimizer: rmsprop, learningRate: 0.001, augment: [resized-crop, cutout] }`,
] as const;

export const STUDY = 'torture';

export const STUDIES: readonly string[] = NETWORKS.map(
  (network) => `study: ${STUDY}
dataset: shapes
${network}
seeds: 3
data: { trainingLimit: 512 }
record: { checkpoints: 1, histograms: 3 }
`,
);

/** Runs of each. */
export const RUNS = 6;

/** Runs of another program, to be imported: as many as make an import take a moment. */
export const FOREIGN_RUNS = 300;

export function foreignRuns(): string {
  const rows = Array.from(
    { length: FOREIGN_RUNS },
    (_, run) => `${run % 20},${Math.floor(run / 20)},${(run % 97) / 100}`,
  );
  return ['width,seed,test_accuracy', ...rows, ''].join('\n');
}
