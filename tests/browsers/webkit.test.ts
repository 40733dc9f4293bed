import { smokeTest } from './smoke.ts';
import { openWebKit } from './webkit.ts';

smokeTest('webkit', openWebKit);
