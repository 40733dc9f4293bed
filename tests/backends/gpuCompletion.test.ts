import { describe, expect, it, vi } from 'vitest';
import { trainingSpeed } from '../../src/backends/trial.ts';
import type { TrainerBackend } from '../../src/backends/types.ts';
import { createCompletion } from '../../src/backends/wgsl/completion.ts';
import { watchedGpu } from '../../src/backends/wgsl/gpu.ts';
import { newPace } from '../../src/backends/wgsl/pace.ts';

/** A device that looks whether its promises are fulfilled at a submit, and never else; `end` loses it. */
function deviceThatLooksOnSubmit() {
  let looks: (() => void)[] = [];
  let submits = 0;
  let end!: (info: { message: string }) => void;
  const lost = new Promise((resolve) => {
    end = resolve;
  });
  const later = () => new Promise<void>((resolve) => looks.push(resolve));
  const device = {
    lost,
    queue: {
      submit() {
        submits += 1;
        for (const look of looks) look();
        looks = [];
      },
      onSubmittedWorkDone: later,
    },
    createCommandEncoder: () => ({ copyBufferToBuffer() {}, finish: () => ({}) }),
    createBuffer: ({ size }: { size: number }) => ({
      mapAsync: later,
      getMappedRange: () => new ArrayBuffer(size),
      destroy() {},
    }),
  };
  return { device: device as unknown as GPUDevice, submits: () => submits, end };
}

const within = <T>(promise: Promise<T>) =>
  Promise.race([promise, new Promise<'never'>((resolve) => setTimeout(() => resolve('never'), 300))]);

describe('a browser that looks at submits', () => {
  it('hands a buffer out without a timer, and is left alone afterwards', async () => {
    const { device, submits } = deviceThatLooksOnSubmit();
    const gpu = watchedGpu(device, createCompletion(device, { nudges: true }));
    const buffer = {} as GPUBuffer;
    expect(await within(gpu.read(buffer, 0, 8))).toHaveProperty('byteLength', 8);
    expect(await within(gpu.completion.soon(device.queue.onSubmittedWorkDone()))).toBeUndefined();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const quiet = submits();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(submits()).toBe(quiet);
  });

  it('would never do so by itself', async () => {
    const { device } = deviceThatLooksOnSubmit();
    const gpu = watchedGpu(device, createCompletion(device, { nudges: false }));
    expect(await within(gpu.read({} as GPUBuffer, 0, 8))).toBe('never');
  });

  it('is not nudged when the device is lost', async () => {
    const { device, submits, end } = deviceThatLooksOnSubmit();
    const completion = createCompletion(device, { nudges: true });
    void completion.soon(new Promise(() => {}));
    end({ message: 'gone' });
    await new Promise((resolve) => setTimeout(resolve, 30));
    const quiet = submits();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(submits()).toBe(quiet);
  });

  it.each([
    ['Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0', true],
    ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/149.0.0.0 Safari/537.36', false],
  ])('is known by its name: %s', async (userAgent, nudged) => {
    vi.stubGlobal('navigator', { userAgent });
    const { device, submits } = deviceThatLooksOnSubmit();
    createCompletion(device);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(submits() > 0).toBe(nudged);
    vi.unstubAllGlobals();
  });
});

describe('a browser that tells of every end 100 ms late', () => {
  it('does not slow the pace down', async () => {
    let now = 0;
    const pace = newPace(
      1,
      () => now,
      () => 100,
    );
    for (let k = 0; k < 12; k++) {
      const units = pace.next(1000);
      const done = Promise.resolve().then(() => {
        now += 100 + 0.5 * units;
      });
      pace.submitted(units, done);
      await done;
      await Promise.resolve();
    }
    expect(pace.next(1000)).toBe(24);
  });

  it('does not make the GPU look slow in a trial', async () => {
    let now = 0;
    let queued = 0;
    const trainer = {
      advance: (_: number, rates: readonly unknown[]) => {
        queued += rates.length;
      },
      async settle() {
        now += 100 + queued * 0.25;
        queued = 0;
        return 0;
      },
      dispose() {},
    };
    const backend = { createTrainer: () => trainer } as unknown as TrainerBackend<unknown>;
    const trial = { batchSize: 256 } as Parameters<typeof trainingSpeed>[1];
    expect(await trainingSpeed(backend, trial, () => now)).toBeCloseTo(4000, 6);
    expect(now).toBeLessThan(1200);
  });
});
