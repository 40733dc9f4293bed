import { createContext, useContext } from 'react';

export type Lesson = 'experiments' | 'tour';

interface Lessons {
  /** What is open over or beside the page. */
  readonly shown: Lesson | null;
  show(lesson: Lesson | null): void;
}

export const LessonsContext = createContext<Lessons>({ shown: null, show: () => undefined });

export const useLessons = (): Lessons => useContext(LessonsContext);
