import { useEffect, useEffectEvent, useState } from 'react';

/** Why a file was not taken, and what to do. */
export interface UploadProblem {
  readonly message: string;
  readonly advice: string;
}

/** Takes files from a button, a drop target or the whole page; a bad one changes nothing but `problem`. */
export interface Upload {
  readonly reading: boolean;
  /** Why the last file was not taken. */
  readonly problem: UploadProblem | null;
  take(file: File): void;
  dismiss(): void;
}

/** Lets files be dropped anywhere on the page. @returns whether one is being held over it */
export function useFileDrop(onFile: (file: File) => void): boolean {
  const [over, setOver] = useState(false);
  const take = useEffectEvent(onFile);

  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const onDragOver = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onDragLeave = (event: DragEvent) => {
      // Leaving the window, not merely crossing from one element into the next.
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      setOver(false);
      const file = event.dataTransfer?.files[0];
      if (!file) return;
      event.preventDefault();
      take(file);
    };
    window.addEventListener('dragover', onDragOver);
    window.addEventListener('dragleave', onDragLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onDragOver);
      window.removeEventListener('dragleave', onDragLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, []);
  return over;
}
