import { defaultConfig } from '../../../src/experiment/fields.ts';
import { createEngineClient } from '../../../src/runtime/client.ts';

/** The engine's client with nothing around it, for specs that drive it from outside. */
const harness = { createEngineClient, defaultConfig };

declare global {
  interface Window {
    engineHarness: typeof harness;
  }
}

window.engineHarness = harness;
