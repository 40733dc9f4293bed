import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react';
import { Boundary } from '../Boundary.tsx';
import { Glossary } from './Glossary.tsx';
import { type Lesson, LessonsContext } from './lessonsContext.ts';
import './lessons.css';

const ExperimentsDialog = lazy(() => import('./content/ExperimentsDialog.tsx'));
const Tour = lazy(() => import('./content/Tour.tsx'));

/** Around the page: what explains it, none of which is loaded before it is asked for. */
export function Lessons({ children }: { readonly children: ReactNode }) {
  const [shown, show] = useState<Lesson | null>(null);
  const lessons = useMemo(() => ({ shown, show }), [shown]);
  return (
    <LessonsContext value={lessons}>
      <Glossary>{children}</Glossary>
      <Boundary what="This explanation" resetOn={[shown]}>
        <Suspense fallback={null}>
          {shown === 'experiments' && <ExperimentsDialog />}
          {shown === 'tour' && <Tour />}
        </Suspense>
      </Boundary>
    </LessonsContext>
  );
}
