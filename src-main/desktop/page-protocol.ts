import { protocol } from 'electron';
import { PAGE_SCHEME } from './page-address.ts';
import { pageResponse } from './page-response.ts';

/** Makes `app://` an origin like https: with relative addresses, fetch and storage. To be called before the application is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: PAGE_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the built page in `folder` as `app://kindling/`. */
export function servePage(folder: string): void {
  protocol.handle(PAGE_SCHEME, (request) => pageResponse(folder, request));
}
