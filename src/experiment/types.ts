import type { StageConfig } from '../views/index.ts';
import type { WorldId } from '../worlds/ids.ts';
import type { WorldTexts } from '../worlds/world.ts';
import type { BackendChoice } from './backends.ts';
import type { ChartId } from './charts.ts';
import type { FamilyId } from './families.ts';
import type { Parameters } from './parametersCodec.ts';
import type { PointsTable } from './pointsTableCodec.ts';
import type { OWN_TABLE, TableId } from './tables.ts';
import type { Texts } from './textSettings.ts';
import type { WorkspaceId } from './workspaces.ts';

/**
 * The experiment as data: everything a person can set, hence everything that is in the URL.
 * The table of fields in `fields.ts` gives each its default, range, URL key and what a change throws away.
 */
export type ThemeChoice = 'system' | 'light' | 'dark' | 'projector';
/** Which settings are shown; 'hidden' gives the stages the whole width. */
export type PanelId = 'data' | 'noise' | 'model' | 'sampler' | 'view' | 'hidden';
export type TrainingPace = 'followed' | 'full';
export type Activation = 'silu' | 'gelu' | 'relu' | 'tanh';

export interface ExperimentConfig {
  /** What is looked at: points of the plane, or another world, whose settings are `worldSettings`. */
  readonly world: WorldId;
  /** Of a world other than Points: what differs from its defaults, as its links carry it. */
  readonly worldSettings: WorldTexts;
  /** Which family of models it is about: what is learned, asked and measured. */
  readonly family: FamilyId;
  /** Registry id of a preset, or 'custom' for drawn or uploaded points. */
  readonly dataset: string;
  /** Interleaved points of the custom data set, data units; empty otherwise. */
  readonly customPoints: readonly number[];
  /** What the file of `customPoints` says of them besides. */
  readonly customTable: PointsTable;
  /** The key of own data that no link can carry, which are kept on this device; empty otherwise. */
  readonly customData: string;
  /** Size of the training set of a preset, 50…20 000; own points are all of them used. */
  readonly nPoints: number;
  /** Multiplies the data set's own noise, 0.1…3. */
  readonly noise: number;
  readonly seed: number;

  /** Registry id of the forward process; one with a noise of its own does not read the schedule. */
  readonly process: string;
  /** Registry id of the β schedule, 'drawn' or 'learned'. */
  readonly schedule: string;
  /** Steps T of the chain, 10…1000. */
  readonly nChain: number;
  /** Scale DDPM's β range by 1000/T. */
  readonly rescale: boolean;
  /** The points of the schedule 'drawn': interleaved t, ᾱ after the start (0, 1), falling, up to t = 1. */
  readonly drawnSchedule: readonly number[];
  /** Move the end of the schedule to (nearly) nothing but noise. */
  readonly zeroTerminalSnr: boolean;
  /** Ids of schedules shown beside the one in force. */
  readonly overlays: readonly string[];

  /** Registry id of what the network is asked for: its parameterisation. */
  readonly output: string;
  /** Registry id of what training minimises. */
  readonly loss: string;
  /** Registry id of the weight w(t) of the loss. */
  readonly weighting: string;
  /** Registry id of the way t is drawn in training. */
  readonly timeSampling: string;
  /** Whether the network also learns the reverse variance (L_hybrid); only a VP chain has one. */
  readonly learnedVariance: boolean;
  /** Whether the network is taught the points' class, so that it can be asked for one; only for data with classes. */
  readonly conditional: boolean;
  /** Numbers of the chosen process, weighting and drawing of t that differ from their initial values. */
  readonly parameters: Parameters;

  /** Hidden units per layer, 8…256. */
  readonly width: number;
  /** Hidden layers, 1…6. */
  readonly depth: number;
  readonly activation: Activation;
  readonly learningRate: number;
  readonly batchSize: number;
  /** Decay of the exponential moving average of the weights that samples are drawn with; 0 is off. */
  readonly emaDecay: number;
  /** Training stops by itself after this many steps; it can always go on. */
  readonly budgetSteps: number;
  /** Whether the page spends the first budget slowly enough to be watched; programs always train at full speed. */
  readonly pace: TrainingPace;

  readonly backend: BackendChoice;

  /** 1 to 6, left to right. */
  readonly stages: readonly StageConfig[];
  /** Particles per stage, 50…4000. */
  readonly nParticles: number;
  /** The scrubber: 0 is data, 1 is noise. */
  readonly time: number;
  /** Seconds from noise to data are 6 / speed, and half as many from data to noise. */
  readonly speed: number;
  readonly loop: boolean;
  /** The noising and then the reverse, or one of them alone. */
  readonly plays: 'both' | 'forward' | 'reverse';

  /** Left to right. */
  readonly charts: readonly ChartId[];

  /** The comparison that stands in the place of the charts. */
  readonly compare: WorkspaceId | 'none';
  /** Which table the comparison “Tables of papers” fills. */
  readonly table: TableId | typeof OWN_TABLE;
  /** What is chosen in comparisons, as texts by their letters: each says what its own mean. */
  readonly comparison: Texts;

  readonly theme: ThemeChoice;
  /** Which settings the panel has: those that a newcomer needs, or all. */
  readonly level: 'basic' | 'all';
  readonly panel: PanelId;
}

/** What a changed field makes worthless: the model (and all below), the samples, only the engine, or nothing. */
export type Invalidation = 'model' | 'samples' | 'engine' | 'nothing';
