import { expect, test } from '@playwright/test';
import { violations } from './axe.ts';

const WORLDS = [
  { world: 'bits', label: 'Bits', table: 'The bound of 2015', setting: 'Steps T' },
  {
    world: 'categories',
    label: 'Categories',
    table: 'How many bits a cell takes',
    setting: 'Transition matrix',
  },
] as const;

/** Small, so that a slow machine trains it in no time. */
const TINY = 'T:10~w:8~n:40~k:50';

/** Files of worlds alone, by the names that they are built under. */
const OF_WORLDS = /assets\/(WorldPage|worldStore|world|page)-/;

test.describe('a world', () => {
  for (const { world, label, table, setting } of WORLDS) {
    test(`${label} is chosen in the header, trains, and is in the address`, async ({ page }) => {
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      await page.goto('./?n=1&k=50&np=50');
      await page.getByRole('combobox', { name: 'World' }).selectOption(world);
      await expect(page).toHaveURL(new RegExp(`wo=${world}`));
      await expect(page.getByRole('heading', { name: 'Noising' })).toBeVisible();
      await expect(page.getByText(table)).toBeVisible();
      await page.getByRole('combobox', { name: 'World' }).selectOption('points');
      await expect(page).not.toHaveURL(/wo=/);
      await expect(page.getByRole('combobox', { name: 'World' })).toHaveValue('points');
      expect(errors).toEqual([]);
    });

    test(`${label} opens from a link, learns, answers programs, and has no barrier`, async ({ page }) => {
      await page.goto(`./?wo=${world}&ws=${encodeURIComponent(TINY)}&panel=model`);
      await expect(page.getByText('step 40 of 40')).toBeVisible({ timeout: 60_000 });
      await expect(page.getByText(setting).first()).toBeVisible();
      const found = await page.evaluate(async (id) => {
        const { discrete, configure, config, sample, train, on } = window.diffusionPlayground;
        const { sequences, text } = await discrete.sample({ n: 20, seed: 3, denoiser: 'exact' });
        const { valid } = await discrete.score(sequences);
        const refusals: string[] = [];
        const refused = (error: unknown) => refusals.push(String(error));
        await discrete.sample({ n: 5, steps: 11 }).catch(refused);
        await discrete.sample({ n: () => 5 }).catch(refused);
        await configure({ nChain: 5 }).catch(refused);
        await configure({ world: id, nonsense: 1 } as never).catch(refused);
        await sample({ sampler: 'ddim', n: 5, nSteps: 2, seed: 1 } as never).catch(refused);
        const exact = await discrete.bound({ denoiser: 'factorised' });
        const learned = await discrete.bound();
        await configure({ nChain: 12 });
        const told: number[] = [];
        const phases: string[] = [];
        const stops = [
          on('progress', ({ step: at, steps, losses, stepsPerSecond }) => {
            if (losses.length === steps.length && at === steps.at(-1) && stepsPerSecond > 0) told.push(at);
          }),
          on('phase', ({ phase }) => phases.push(phase)),
        ];
        const { step } = await train({ steps: 10 });
        for (const stop of stops) stop();
        return {
          told: told.at(-1) === step,
          phases,
          valid: valid.every(Boolean),
          texts: text.length,
          refusals,
          gap: learned.bits - exact.bits,
          T: config().nChain,
          again: await configure({ world: 'points' })
            .then(() => configure({ world: id } as never))
            .then(({ nChain }) => nChain),
          step,
        };
      }, world);
      expect(found).toMatchObject({ valid: true, texts: 20, T: 12, again: 12, told: true });
      expect(found.phases[0]).toBe('training');
      expect(found.gap).toBeGreaterThan(0);
      expect(found.step).toBeGreaterThanOrEqual(10);
      expect(found.refusals[0]).toContain('more than the T = 10 steps');
      expect(found.refusals[1]).toContain('cannot be sent to the worker, such as a function');
      expect(found.refusals[2]).toContain('nChain = 5 is below 10');
      expect(found.refusals[3]).toContain(`is not a setting of the world ${label}`);
      expect(found.refusals[4]).toContain('is of the world Points');
      expect(await violations(page)).toEqual([]);
    });
  }

  test('is not loaded before it is chosen', async ({ page }) => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto('./?n=1&k=50&np=50');
    await page.waitForFunction(() => window.diffusionPlayground.ready.then(() => true));
    expect(asked.filter((url) => OF_WORLDS.test(url))).toEqual([]);
    await page.getByRole('combobox', { name: 'World' }).selectOption('bits');
    await expect(page.getByRole('heading', { name: 'Noising' })).toBeVisible();
    expect(asked.some((url) => OF_WORLDS.test(url))).toBe(true);
  });

  test('takes the keys: a bit is pressed, the time steps, and training pauses', async ({ page }) => {
    await page.goto(`./?wo=bits&ws=${encodeURIComponent('T:10~w:8~n:1000000~k:20')}&panel=data`);
    const bit = page.getByRole('button', { name: 'Bit 2 of pattern 1' });
    await bit.focus();
    await page.keyboard.press('Space');
    await expect(bit).toHaveAttribute('aria-pressed', 'true');
    await expect(page).toHaveURL(/ws=/);
    const pause = page.getByRole('button', { name: 'Pause', exact: true });
    await pause.press('Enter');
    await expect(page.getByRole('button', { name: 'Train on', exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'One step towards the noise' }).press('Enter');
    await expect(page.getByRole('button', { name: 'Play the animation' })).toBeVisible();
  });
});
