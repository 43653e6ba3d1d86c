import { createRouter, createWebHashHistory } from 'vue-router';
import { ROUTES } from './routes.ts';

/**
 * The pages. Addresses stand behind the `#`, so that they work alike on `http:` and `app:`, and each holds what is
 * needed to come back to the same view.
 */
export const router = createRouter({ history: createWebHashHistory(), routes: [...ROUTES] });
