import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chartIds } from '../../src/experiment/charts.ts';
import { groundInk } from '../../src/pages/embed/groundInk.ts';
import { embedOptions as optionsOf } from '../../src/pages/embed/options.ts';

const embedOptions = (search: string) => optionsOf(search, chartIds, true);

describe('what a link says of an embed', () => {
  it('is playback, training and the way to the page, where it says nothing', () => {
    expect(embedOptions('?embed&d=moons')).toEqual({
      options: {
        controls: ['play', 'train', 'link'],
        charts: [],
        caption: null,
        background: null,
        autoplay: true,
      },
      warnings: [],
    });
  });

  it('chooses controls, charts, caption, ground and rest', () => {
    const search = '?embed&controls=data,play&charts=loss,schedule&caption=Two%20moons&bg=f4f1ea&autoplay=0';
    expect(embedOptions(search)).toEqual({
      options: {
        controls: ['play', 'data'],
        charts: expect.arrayContaining(['loss', 'schedule']),
        caption: 'Two moons',
        background: '#f4f1ea',
        autoplay: false,
      },
      warnings: [],
    });
    expect(embedOptions('?controls=none').options.controls).toEqual([]);
    expect(embedOptions('?bg=transparent').options.background).toBe('transparent');
  });

  it('says what it does not know, and goes on', () => {
    const { options, warnings } = embedOptions('?controls=play,fly&charts=lost&bg=url(x)&autoplay=maybe');
    expect(options).toMatchObject({ controls: ['play'], charts: [], background: null, autoplay: true });
    expect(warnings).toHaveLength(4);
    expect(warnings[0]).toContain('choose from play, train, data, link, or none');
  });

  it('offers a world its own charts, and a choice of data only where there is one', () => {
    const { options, warnings } = optionsOf('?charts=bound,schedule&controls=data,play', ['bound'], false);
    expect(options).toMatchObject({ charts: ['bound'], controls: ['play'] });
    expect(warnings).toEqual([
      'controls has no "data"; choose from play, train, link, or none.',
      'charts has no "schedule"; choose from bound, or none.',
    ]);
  });

  it('takes any text without harm', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (controls, bg, caption) => {
        const search = new URLSearchParams({ controls, bg, caption, charts: bg }).toString();
        const { options } = embedOptions(search);
        expect(options.caption!.length).toBeLessThanOrEqual(300);
        expect(options.background ?? '#fff').toMatch(/^(#[0-9a-f]{3,6}|transparent|white|black)$/i);
      }),
    );
  });
});

it('text on a ground of one’s own has a contrast of at least 4.5, where the ground is known', () => {
  const luminance = (hex: string) => {
    const [red, green, blue] = [1, 3, 5]
      .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  };
  const contrast = (a: number, b: number) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffffff }), (colour) => {
      const ground = `#${colour.toString(16).padStart(6, '0')}`;
      expect(contrast(luminance(ground), luminance(groundInk(ground)!))).toBeGreaterThanOrEqual(4.5);
    }),
  );
  expect(['#fff', 'White', '#202020', 'black', 'transparent'].map(groundInk)).toEqual([
    '#000000',
    '#000000',
    '#ffffff',
    '#ffffff',
    null,
  ]);
});
