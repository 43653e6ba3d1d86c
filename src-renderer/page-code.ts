import { ROUTES } from './routes.ts';

/**
 * Begins to load the code of the page that an address names beside that of the application, which would ask for it only once it runs.
 * @param hash of the address, e.g. `#/studies/demo?chart=cost`
 */
export function loadPageCode(hash: string): void {
  const [path = ''] = hash.slice(1).split('?');
  const wanted = path.length > 1 ? path : '/studies';
  const route = ROUTES.find((each) => each.component && fits(wanted, each.path));
  // the router asks for it again, and says so where it cannot be had
  route?.component?.().catch(() => undefined);
}

/** @param pattern as the router has it: `/studies/:study`, `/:rest(.*)` */
function fits(path: string, pattern: string): boolean {
  const whole = pattern.replace(/:\w+\(\.\*\)/, '.*').replaceAll(/:\w+/g, '[^/]+');
  return new RegExp(`^${whole}$`).test(path);
}
