/*
 * What the engine does on a GPU, without one: TensorFlow computes on the CPU what it is told to there. The kernels are others, but operations, their
 * gradients, and the graph of a step with all that is in it are the same. oneDNN has gradients of convolutions with groups on a CPU.
 */
process.env['KINDLING_TEST_AS_ON_GPU'] = '1';
process.env['TF_ENABLE_ONEDNN_OPTS'] = '1';
await import('../operations.test.ts');
await import('../pictures-of-bytes.test.ts');
await import('../several-steps.test.ts');
