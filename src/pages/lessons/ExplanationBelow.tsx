import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Boundary } from '../Boundary.tsx';

const Explanation = lazy(() => import('./content/Explanation.tsx'));

/** The explanation below the fold: fetched when it is nearly in sight, with its room kept until then. */
export function ExplanationBelow() {
  const place = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (place.current === null) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && setNear(true),
      { rootMargin: '200px' },
    );
    observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={place} className={near ? undefined : 'explanation-place'}>
      {near && (
        <Boundary what="The explanation">
          <Suspense fallback={<div className="explanation-place" />}>
            <Explanation />
          </Suspense>
        </Boundary>
      )}
    </div>
  );
}
