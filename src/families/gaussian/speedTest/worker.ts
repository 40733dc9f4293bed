import type { SpeedOutcome, SpeedRequest } from '../../../protocol/speed.ts';
import { speedOf } from './speedOf.ts';

self.onmessage = async ({ data }: MessageEvent<SpeedRequest>) => {
  const outcome = await speedOf(data).catch((error: unknown): SpeedOutcome => {
    return { missing: error instanceof Error ? error.message : String(error) };
  });
  self.postMessage(outcome);
};
