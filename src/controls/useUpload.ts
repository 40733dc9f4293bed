import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { readFile, type UploadProblem } from './readFile.ts';

interface UploadOptions<T> {
  /** Throws an Error (with `advice`, if it has any) for what is not points. */
  readonly parse: (text: string, fileName: string) => T | Promise<T>;
  readonly onLoad: (value: T, fileName: string) => void;
}

export interface Upload {
  readonly reading: boolean;
  /** Why the last file was not taken. */
  readonly problem: UploadProblem | null;
  take(file: File): void;
  dismiss(): void;
}

/** Takes files from a button, a drop target or the whole page; a bad one changes nothing but `problem`. */
export function useUpload<T>({ parse, onLoad }: UploadOptions<T>): Upload {
  const [reading, setReading] = useState(false);
  const [problem, setProblem] = useState<UploadProblem | null>(null);
  // A second file while the first is being read: the later wins.
  const latest = useRef(0);

  const take = async (file: File) => {
    latest.current += 1;
    const turn = latest.current;
    setReading(true);
    const result = await readFile(file, parse);
    if (turn !== latest.current) return;
    setReading(false);
    setProblem(result.ok ? null : result.problem);
    if (result.ok) onLoad(result.value, file.name);
  };

  return { reading, problem, take: (file) => void take(file), dismiss: () => setProblem(null) };
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
