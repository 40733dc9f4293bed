import type { ReverseStage } from '../views/reverse/stage.ts';

/** How a sampler is set; what is left out takes its default. */
export interface SamplerSettings {
  readonly eta?: number;
  readonly variance?: ReverseStage['variance'];
  readonly timeGrid?: string;
  /** Steps of the chain for the time grid 'list', increasing. */
  readonly tau?: readonly number[];
  readonly clip?: string;
  /** Whether it ends on E[x_0|x_t] where the process keeps noise at t = 0; yes when left out. */
  readonly tweedie?: boolean;
  /** Numbers of the sampler, the time grid and the clipping, by name. */
  readonly parameters?: Readonly<Record<string, number>>;
  readonly denoiser?: 'learned' | 'exact';
}
