/** Study files with everything that a study file may hold. */
export const examples = {
  grid: `study: grid
dataset: shapes
network: { family: squeezenet, stem: small, batchNorm: true, bypass: simple }
vary:
  network.sr: [0.125, 0.25, 0.5]
  "network.pct3x3[2]": [0, 0.5]
  training.augment: [[], [flip], [crop, flip]]
seeds: 2
extraSeeds:
  - { cells: { network.sr: 0.125 }, seeds: [3, 4] }
  - { cells: { network.sr: 0.5, training.augment: [flip] }, seeds: [7] }
data: { validationShare: 0.2, trainingLimit: 500 }
training: { epochs: 2, batch: 32, learningRate: 1e-7 }
`,
  list: `study: "été-1"
dataset: "10"
network: { family: squeezenet }
cells:
  - { network.sr: 0.5 }
  - { network.sr: 0.5, network.bypass: simple }
seeds: [3, 1, 7]
extraSeeds:
  - { cells: { network.sr: 0.5 }, seeds: [8] }
`,
  sample: `study: "true"
dataset: shapes
network:
  family: squeezenet
  sr: [0.125, 0.125, 0.125, 0.125, 0.25, 0.25, 0.25, 0.25]
  pct3x3: [0.5, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.25]
vary: { network.bypass: [none, simple, complex], training.epochs: [1, 2] }
sample: { cells: 4, seed: 9 }
`,
  single: 'study: single\ndataset: shapes\nnetwork: { family: squeezenet }\nseeds: 1\n',
} as const;
