import { answerWork } from '../work/answer-work.ts';
import { IMPORTING } from './import-in-thread.ts';
import { importNetwork } from './import-network.ts';
import { writeNetwork } from './write-network.ts';

answerWork(IMPORTING, () => ({
  about: null,
  work: ({ file, options, checkpoint }, { onProgress }) => {
    onProgress(`reading ${file}`);
    const { tensors, graph, ...network } = importNetwork(file, options);
    onProgress('writing');
    const written = writeNetwork(checkpoint, { tensors, graph, ...network });
    const { format, description, classes, preprocessing, layers, notes } = network;
    const { names, wordnetIds } = classes;
    return {
      ...{ format, description, input: graph.input, classes: names, wordnetIds, preprocessing },
      ...{ ...written, layers, notes: [...notes] },
    };
  },
}));
