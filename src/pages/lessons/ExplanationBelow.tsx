import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Boundary } from '../Boundary.tsx';

const Explanation = lazy(() => import('./content/Explanation.tsx'));

/** So long after the first picture the page is at rest, and what is nearly in sight may be fetched. */
const PATIENCE_MS = 2500;

/** The explanation below the fold: fetched when it is nearly in sight, with its room kept until then. */
export function ExplanationBelow() {
  const place = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (typeof IntersectionObserver !== 'function') {
      // Nothing tells when it is near.
      const timer = setTimeout(setNear, PATIENCE_MS, true);
      return () => clearTimeout(timer);
    }
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && setNear(true),
      { rootMargin: '200px' },
    );
    const timer = setTimeout(() => place.current && observer.observe(place.current), PATIENCE_MS);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  }, []);
  return (
    <div ref={place} className="explanation-below">
      {near ? (
        <Boundary what="The explanation">
          <Suspense fallback={<div className="explanation-place" />}>
            <Explanation />
          </Suspense>
        </Boundary>
      ) : (
        <div className="explanation-place" />
      )}
    </div>
  );
}
