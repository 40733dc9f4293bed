import { expect, it } from 'vitest';
import { cellsOf, reportText } from '../../src/pages/bench/report.ts';

const speed = { stepsPerSecond: 2899.4, gflops: 45.31, peakGflops: 60.4, samplesPerSecond: 123456 };

it('cells have three digits and a share of the peak', () => {
  expect(cellsOf(speed)).toEqual(['2,900', '45.3', '75 %', '123,000']);
  expect(cellsOf({ ...speed, peakGflops: null })[2]).toBe('–');
});

it('the text is a table with a row for every engine, and the reason where one is missing', () => {
  const rows = [
    { name: 'A', outcome: speed },
    { name: 'B', outcome: { missing: 'no adapter was found' } },
  ];
  expect(reportText(rows, '3 layers of 64', 'a browser').split('\n')).toEqual([
    '3 layers of 64',
    'a browser',
    '',
    '| engine | steps/s | GFLOP/s | of peak | samples/s |',
    '| --- | --: | --: | --: | --: |',
    '| A | 2,900 | 45.3 | 75 % | 123,000 |',
    '| B | no adapter was found |  |  |  |',
  ]);
});
