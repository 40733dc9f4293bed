/** Does its part of a frame; returns whether it needs another. */
export type FrameTask = (now: number) => boolean;

/** One animation-frame loop for clocks and canvases: runs only while somebody has something to do. */
export interface RenderLoop {
  /** 'tick' tasks run before 'draw' tasks of the same frame. Returns how to leave the loop. */
  add(phase: 'tick' | 'draw', task: FrameTask): () => void;
  /** Asks for a frame, at most one at a time. */
  request(): void;
}

/** @param schedule like requestAnimationFrame: calls back with the time in milliseconds */
export function createRenderLoop(schedule: (callback: (now: number) => void) => void): RenderLoop {
  const tasks = { tick: new Set<FrameTask>(), draw: new Set<FrameTask>() };
  let pending = false;
  const frame = (now: number): void => {
    pending = false;
    let again = false;
    for (const phase of ['tick', 'draw'] as const) {
      for (const task of tasks[phase]) again = task(now) || again;
    }
    if (again) request();
  };
  const request = (): void => {
    if (pending) return;
    pending = true;
    schedule(frame);
  };
  return {
    add(phase, task) {
      tasks[phase].add(task);
      request();
      return () => tasks[phase].delete(task);
    },
    request,
  };
}

/** The page's loop. Browsers stop it while the document is hidden. */
export const renderLoop = createRenderLoop((callback) => requestAnimationFrame(callback));
