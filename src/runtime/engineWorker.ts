import { expose } from 'comlink';
import { createHost } from './host.ts';

// Wanted nearly everywhere, and compiled while the page reads its own scripts. What fails here is tried again, and told of, when
// it is wanted.
import('../backends/simd/backend.ts').then(({ prepareSimd }) => prepareSimd()).catch(() => undefined);

expose(createHost());
