import erfc from '@stdlib/math-base-special-erfc';
import gammaIncInv from '@stdlib/math-base-special-gammaincinv';
import fCdf from '@stdlib/stats-base-dists-f-cdf';
import tCdf from '@stdlib/stats-base-dists-t-cdf';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';

// The page's `#distributions`; that of Node is src-main/distributions.ts (package.json, "imports").
export { erfc, fCdf, gammaIncInv, tCdf, tQuantile };
