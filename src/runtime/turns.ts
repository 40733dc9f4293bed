import { problemOf } from '../protocol/errors.ts';
import type { EngineEvent } from '../protocol/protocol.ts';
import type { Answers } from './answers.ts';
import type { DeviceKeeper } from './deviceKeeper.ts';
import type { Installation, Opened } from './installation.ts';
import { isSnapshotStep } from './snapshots.ts';
import type { TimeBudget } from './timeBudget.ts';
import type { TrainingRun } from './trainingRun.ts';

interface TurnParts {
  emit(event: EngineEvent): void;
  readonly installation: Installation;
  readonly run: TrainingRun;
  readonly budget: TimeBudget;
  readonly answers: Pick<Answers, 'advance'>;
  readonly devices: DeviceKeeper;
  /** Has the next turn begin. */
  wake(): void;
  /** How long to rest after each millisecond of what nobody waits for, milliseconds. */
  readonly leisure: number;
}

/** The worker's turn: a slice of training, then what was asked, then what is watched. @returns a turn, which says whether there is more to do */
export function createTurn(parts: TurnParts): () => Promise<boolean> {
  const { emit, installation, run, budget, answers, devices, wake, leisure } = parts;

  async function turn(): Promise<boolean> {
    if (!installation.opened) return false;
    try {
      if (devices.lost !== null) await recover();
      return await Promise.race([work(installation.current()), devices.gone]);
    } catch (error) {
      await failed(error);
      return true;
    }
  }

  async function work(now: Opened): Promise<boolean> {
    const trained = run.phase === 'training' && (await trainSlice(now));
    const answering = await answers.advance();
    const previewing = await previewSlice(trained);
    if (trained || answering) return true;
    if (previewing > 0 && !now.previews.leisurely) return true;
    if (previewing > 0) setTimeout(wake, leisure * previewing);
    const { models, config } = installation.current();
    if (run.phase === 'training') setTimeout(wake, run.wait(models, config));
    return false;
  }

  /** @returns whether a step was due */
  async function trainSlice({ models, previews, config }: Opened): Promise<boolean> {
    const { ms, divergedAt } = await run.slice(models, config, !installation.isWatched || previews.awaited);
    if (installation.trainedSeconds !== null) installation.trainedSeconds += ms / 1000;
    budget.earn(ms, run.isFollowed(config));
    const { training, snapshots } = models;
    if (divergedAt === null) {
      if (ms > 0 && isSnapshotStep(training.step)) snapshots.keep(training.step, await training.average());
      return ms > 0;
    }
    // Back to the last good weights, so that there is still something to see.
    const { step, checkpoint } = training;
    await installation.uninstall();
    installation.install(models.device, models.experiment, checkpoint);
    run.diverge(divergedAt, step, checkpoint.step);
    return true;
  }

  /** @param contended whether training wants the time too: what it does not use is free @returns the milliseconds that it took */
  async function previewSlice(contended: boolean): Promise<number> {
    const { previews } = installation.current();
    const spent = await budget.spend(() => previews.step(), contended, previews.awaited);
    if (run.phase === 'training') run.progress.addPreview(spent);
    return spent;
  }

  /** Training goes on from the kept weights, on another device. */
  async function recover(): Promise<void> {
    const { models, config } = installation.current();
    const { experiment, device, training } = models;
    const { checkpoint } = training;
    devices.announce(checkpoint.step);
    await installation.uninstall();
    try {
      const other = await devices.reopen(device, config, experiment, checkpoint);
      installation.install(other, experiment, checkpoint);
    } catch (error) {
      installation.leave(); // nothing is left to compute on; the page can only be reloaded
      run.fail(error);
      throw error;
    }
  }

  async function failed(error: unknown): Promise<void> {
    if (devices.isLossOf(error)) return;
    emit({ type: 'problem', problem: problemOf(error) });
    await installation.dropJobs();
    installation.opened?.previews.watch([]); // what just failed would fail again
    if (installation.opened && run.phase === 'training')
      run.stop('paused', installation.current().models.training.step);
  }

  return turn;
}
