import { type ReactNode, Suspense, useState } from 'react';

interface OnceProps {
  /** Whether it is wanted now. */
  readonly when: boolean;
  readonly children: ReactNode;
}

/** Something that is loaded when it is first wanted, and then stays: a dialog that closes gives the focus back itself. */
export function Once({ when, children }: OnceProps) {
  const [wanted, setWanted] = useState(when);
  if (when && !wanted) setWanted(true);
  return wanted && <Suspense fallback={null}>{children}</Suspense>;
}
