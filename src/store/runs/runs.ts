import { createStore as createDatabase, del, set, values } from 'idb-keyval';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { clip } from '../../experiment/codecs.ts';
import { show } from '../../experiment/errors.ts';
import type { ExperimentConfig } from '../../experiment/types.ts';
import { isInterrupted } from '../../protocol/errors.ts';
import type { TrainedRow } from '../../protocol/studies.ts';
import type { PlaygroundState } from '../playgroundState.ts';
import type { Playground } from '../playgroundStore.ts';
import type { Series } from '../series.ts';
import {
  configOfRun,
  formatRun,
  linkOfRun,
  nameOfRun,
  parseRun,
  type Run,
  requireName,
  untaken,
} from './run.ts';

interface KeptRuns {
  /** Oldest first. */
  readonly runs: readonly Run[];
  /** The id of the run whose numbers are being found. */
  readonly measuring: string | null;
}

/** The runs of a device, and what can be done with them. */
export interface Runs {
  readonly store: StoreApi<KeptRuns>;
  /** Resolves when those of earlier visits are there. */
  readonly ready: Promise<void>;
  /** Freezes the model of the moment under a name, and then measures it. @throws Error before its first step */
  keep(name?: string): Promise<Run>;
  /** Keeps a model that a comparison has trained for an experiment. */
  keepTrained(config: ExperimentConfig, found: TrainedRow): Promise<Run>;
  /**
   * Shows a run on all stages: its experiment and its weights, which can be trained on; or on one stage alone, beside the page's own model.
   * @param stage its place from 0
   * @throws Error where there is none
   */
  show(id: string, stage?: number): Promise<void>;
  /** @throws Error where there is none */
  remove(id: string): Promise<void>;
  /** The text of a file. @throws Error where there is none */
  export(id: string): string;
  /** @throws Error with a sentence that says what is wrong; nothing is changed then */
  import(file: Blob | string): Promise<Run>;
}

/** Where runs are kept; tests bring their own. */
export interface RunStorage {
  all(): Promise<readonly Run[]>;
  put(run: Run): Promise<void>;
  remove(id: string): Promise<void>;
}

/** Opened at the first use: where storage is blocked, opening throws. */
const open = () => createDatabase('diffusion-playground-runs', 'runs');
const onDevice: RunStorage = {
  // Runs of earlier visits may know nothing of seconds.
  all: async () => (await values<Run>(open())).map((run) => ({ ...run, seconds: run.seconds ?? null })),
  put: async (run) => set(run.id, run, open()),
  remove: async (id) => del(id, open()),
};

const known = new WeakMap<Playground, Runs>();

/** Earlier visits may have kept two of one name. */
function withNames(runs: readonly Run[]): readonly Run[] {
  const taken: string[] = [];
  return runs.map((run) => {
    const name = untaken(run.name, taken);
    taken.push(name);
    return { ...run, name };
  });
}

/** Rounds of the likelihood that say well enough how likely a run finds the data. */
const ENOUGH_ROUNDS = 4;
/** A run is kept without its bits rather than never, milliseconds. */
const PATIENCE = 20_000;

/** Bits per dimension of the model at rest; null of one that learns on, or that cannot be measured. */
function bitsOf({ store, wantLikelihood }: Playground, step: number): Promise<number | null> {
  return new Promise((resolve) => {
    const stopWanting = wantLikelihood();
    const end = (bits: number | null) => {
      stopWanting();
      stopHearing();
      clearTimeout(timer);
      resolve(bits);
    };
    const look = ({ likelihood, phase, step: now }: PlaygroundState) => {
      if (now !== step || phase === 'training' || phase === 'failed') return end(null);
      if (likelihood?.step !== step || likelihood.rounds < ENOUGH_ROUNDS) return;
      end(likelihood.flow.model.mean);
    };
    const timer = setTimeout(end, PATIENCE, null);
    const stopHearing = store.subscribe(look);
    look(store.getState());
  });
}

function curveUpTo({ steps, values }: Series, step: number): Run['curve'] {
  const kept = steps.filter((each) => each <= step).length;
  return { steps: steps.slice(0, kept), losses: values.slice(0, kept) };
}

/** The runs of a page; the same for all who ask. */
export function runsOf(playground: Playground): Runs {
  const runs = known.get(playground) ?? createRuns(playground);
  known.set(playground, runs);
  return runs;
}

const UNMEASURED = { w2: null, perfect: null, strays: null, bits: null } as const;

export function createRuns(playground: Playground, storage: RunStorage = onDevice): Runs {
  const { engine, actions, settled } = playground;
  const store = createStore<KeptRuns>(() => ({ runs: [], measuring: null }));
  const all = () => store.getState().runs;
  const ready = storage.all().then(
    (kept) => store.setState({ runs: withNames(kept.toSorted((a, b) => a.kept - b.kept)) }),
    // Where nothing can be kept, there is nothing of earlier visits.
    () => undefined,
  );
  const find = (id: string): Run => {
    const run = all().find((each) => each.id === id);
    if (run) return run;
    const names = all().map((each) => `${each.id} (${clip(each.name)})`);
    throw new Error(`There is no run ${show(id)}; there are: ${names.join(', ') || 'none'}.`);
  };
  const put = (run: Run) =>
    storage.put(run).catch(() =>
      actions.notify({
        tone: 'warning',
        message: 'This browser keeps no data for this page, so the run ends with the page.',
        advice: 'Export it as a file.',
      }),
    );
  const add = async (made: Omit<Run, 'id' | 'kept'>): Promise<Run> => {
    const run = { ...made, id: crypto.randomUUID(), kept: Date.now() };
    store.setState({ runs: [...all(), run] });
    await put(run);
    return run;
  };
  /** What was found of a run after it was kept; nothing, where it was deleted meanwhile. */
  const note = async (id: string, found: Partial<Run>): Promise<void> => {
    store.setState({ runs: all().map((run) => (run.id === id ? { ...run, ...found } : run)) });
    const run = all().find((each) => each.id === id);
    if (run) await put(run);
  };
  const measure = async ({ id, step }: Run): Promise<Partial<Run>> => {
    store.setState({ measuring: id });
    try {
      const measured = await engine.quality({ draws: 2 });
      // Until the person's own model is as good, a ready-made one is shown and measured.
      const own = measured.source === 'own' ? measured : null;
      const found = {
        w2: own?.slicedW2.value ?? null,
        perfect: own?.slicedW2.perfect ?? null,
        strays: own?.strays.value ?? null,
      };
      await note(id, found);
      const bits = await bitsOf(playground, step);
      await note(id, { bits });
      return { ...found, bits };
    } catch (error) {
      // The model is another now: what was kept is kept without its numbers.
      if (!isInterrupted(error)) throw error;
      return {};
    } finally {
      store.setState({ measuring: null });
    }
  };
  const taken = () => all().map(({ name }) => name);
  /** @throws Error where its weights are not those of its network */
  const requireFit = async (run: Omit<Run, 'id' | 'kept'>): Promise<void> => {
    const config = configOfRun(run, playground.store.getState().config);
    await settled();
    const expected = await engine.weightCount(config);
    const found = run.weights.length;
    if (found === expected) return;
    throw new Error(
      `The weights of this run are not those of its network: ${found} in the place of ${expected}. Export it again where it was kept.`,
    );
  };

  return {
    store,
    ready,
    async keep(name) {
      const called = name === undefined ? null : requireName(name);
      await ready;
      await settled();
      const { step, weights, seconds } = await engine.weights();
      if (step === 0) throw new Error('This model has learned nothing yet: train it first.');
      const { config, loss: heard } = playground.store.getState();
      // Training may have gone on since the weights were taken.
      const curve = curveUpTo(heard, step);
      // Kept before it is measured, which takes seconds: a page that is left meanwhile has lost nothing.
      const run = await add({
        name: called === null ? nameOfRun(config, taken()) : untaken(called, taken()),
        link: linkOfRun(config),
        ...{ step, weights, seconds, curve, ...UNMEASURED },
        loss: curve.losses.at(-1) ?? null,
      });
      return { ...run, ...(await measure(run)) };
    },
    async keepTrained(config, { step, weights, seconds, curve, w2, perfect, strays }) {
      await ready;
      return add({
        ...{ name: nameOfRun(config, taken()), link: linkOfRun(config) },
        ...{ step, weights, seconds, curve, w2, perfect, strays, bits: null },
        loss: curve.losses.at(-1) ?? null,
      });
    },
    async show(id, stage) {
      const run = find(id);
      if (stage !== undefined) {
        const { stages } = playground.store.getState().config;
        if (stages[stage] === undefined) {
          throw new Error(`There is no stage ${stage}; their places are 0 to ${stages.length - 1}.`);
        }
        actions.changeStage(stage, { run: run.name });
        await settled();
        return;
      }
      await requireFit(run);
      await actions.restoreModel(configOfRun(run, playground.store.getState().config), run);
    },
    async remove(id) {
      find(id);
      store.setState({ runs: all().filter((run) => run.id !== id) });
      await storage.remove(id);
    },
    export: (id) => formatRun(find(id)),
    async import(file) {
      await ready;
      if (typeof file !== 'string' && !(file instanceof Blob)) {
        throw new Error('There is no file to import: give a File, a Blob or the text that export gives.');
      }
      const run = parseRun(typeof file === 'string' ? file : await file.text());
      await requireFit(run);
      const name = taken().includes(run.name) ? untaken(`${run.name} (imported)`, taken()) : run.name;
      return add({ ...run, name });
    },
  };
}
