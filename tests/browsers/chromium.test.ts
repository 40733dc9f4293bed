import { openChromium } from './chromium.ts';
import { smokeTest } from './smoke.ts';

smokeTest('chromium', openChromium);
