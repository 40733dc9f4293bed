import { type Call, callHere } from './call.ts';

self.onmessage = async ({ data }: MessageEvent<Call>) => {
  try {
    self.postMessage(await callHere(data));
  } catch (error) {
    // Thrown where the page hears of it.
    setTimeout(() => {
      throw error;
    });
  }
};
