/** What a new study starts from: the question that Kindling was made for, on the images that are always there. */
export const BEGINNING = `study: squeeze-ratio
dataset: shapes
network: { family: squeezenet, version: 1.1, stem: small, batchNorm: true, dropout: 0 }
vary:
  network.sr: [ 0.125, 0.25, 0.5, 1 ]
  network.pct3x3: [ 0, 0.5, 1 ]
seeds: 3
training: { epochs: 10, batch: 128, learningRate: 0.1 }
`;
