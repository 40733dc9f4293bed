import { openFirefox } from './firefox.ts';
import { smokeTest } from './smoke.ts';

smokeTest('firefox', openFirefox);
