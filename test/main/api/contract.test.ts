import { contractSuite } from './contract-suite.ts';

contractSuite(
  'in the process',
  (application) => ({
    answer: (name, parameters) => application.answer(name, parameters),
    subscribe: (listener) => void application.subscribe(listener),
  }),
  { isWhole: true },
);
