import type { MemorisationRequest } from '../../protocol/studies.ts';
import type { Playground } from '../playgroundStore.ts';
import type { StudyOptions } from '../studies.ts';
import type { KeptRow } from './memorise.ts';
import type { RunSummary } from './run.ts';

/** The runs of the page, for programs; each method rejects with a sentence and changes nothing then. */
export interface RunsApi {
  list(): Promise<readonly RunSummary[]>;
  /** Freezes and measures the model of the moment. @param name made from what differs when left out */
  keep(name?: string): Promise<RunSummary>;
  /** Shows a run on all stages: its experiment and its weights. @param stage on this one alone, by its place from 0 */
  show(id: string, stage?: number): Promise<void>;
  /** Trains on each number of points, keeps each model as a run, and says how near samples lie to the points. */
  memorise(
    request?: Partial<MemorisationRequest>,
    options?: StudyOptions<'memorisation'>,
  ): Promise<{ readonly rows: readonly KeptRow[] }>;
  remove(id: string): Promise<void>;
  /** The text of a file that `import` takes. */
  export(id: string): Promise<string>;
  import(file: Blob | string): Promise<RunSummary>;
}

/**
 * Loads what keeps runs when it is first asked for.
 * @param ofPoints throws where the page is in another world, whose models are not kept
 */
export function runsApi(playground: Playground, ofPoints: (method: string) => void): RunsApi {
  const open = async () => {
    const [{ runsOf }, { summaryOf }] = await Promise.all([import('./runs.ts'), import('./run.ts')]);
    const runs = runsOf(playground);
    await runs.ready;
    return { runs, summaryOf };
  };
  return {
    async list() {
      const { runs, summaryOf } = await open();
      return runs.store.getState().runs.map(summaryOf);
    },
    async keep(name) {
      ofPoints('runs.keep');
      const { runs, summaryOf } = await open();
      return summaryOf(await runs.keep(name));
    },
    async show(id, stage) {
      ofPoints('runs.show');
      await (await open()).runs.show(id, stage);
    },
    async memorise(request = {}, options = {}) {
      ofPoints('runs.memorise');
      const [{ runs }, { checkMemorisation, memorise }] = await Promise.all([
        open(),
        import('./memorise.ts'),
      ]);
      return memorise(playground, runs, checkMemorisation(request), options);
    },
    remove: async (id) => (await open()).runs.remove(id),
    export: async (id) => (await open()).runs.export(id),
    async import(file) {
      const { runs, summaryOf } = await open();
      return summaryOf(await runs.import(file));
    },
  };
}
