import { registry } from '../registry.ts';
import { edm } from './edm.ts';
import { likelihood } from './likelihood.ts';
import { minSnr } from './minSnr.ts';
import { p2 } from './p2.ts';
import { scoreMatching } from './scoreMatching.ts';
import { simple } from './simple.ts';
import { snrPlusOne } from './snrPlusOne.ts';
import { snrWeighting } from './snrWeighting.ts';
import { truncatedSnr } from './truncatedSnr.ts';
import { uniformX0 } from './uniformX0.ts';
import { variational, variationalTilde } from './variational.ts';

export const weightings = registry('weighting', [
  simple,
  snrWeighting,
  truncatedSnr,
  snrPlusOne,
  minSnr,
  p2,
  uniformX0,
  variational,
  variationalTilde,
  scoreMatching,
  likelihood,
  edm,
]);
