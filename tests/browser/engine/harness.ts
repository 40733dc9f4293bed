import { defaultConfig } from '../../../src/config/fields.ts';
import { createEngineClient } from '../../../src/engine/client.ts';

/** The engine's client with nothing around it, for specs that drive it from outside. */
const harness = { createEngineClient, defaultConfig };

declare global {
  interface Window {
    engineHarness: typeof harness;
  }
}

window.engineHarness = harness;
