import { engineSuite } from '../engine-suite.ts';
import { engine } from '../test-engine.ts';

engineSuite(engine);
