import { registry } from '../registry.ts';
import { constant } from './constant.ts';
import { cosine } from './cosine.ts';
import { jsd } from './jsd.ts';
import { laplace } from './laplace.ts';
import { linear } from './linear.ts';
import { quadratic } from './quadratic.ts';
import { sigmoid } from './sigmoid.ts';

export const schedules = registry('schedule', [linear, cosine, quadratic, sigmoid, constant, jsd, laplace]);
