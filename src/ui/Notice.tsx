import type { ReactNode } from 'react';
import { IconButton } from './Button.tsx';
import { Icon } from './icons.tsx';

export type NoticeTone = 'info' | 'warning' | 'error';

interface NoticeProps {
  readonly tone: NoticeTone;
  /** What happened. */
  readonly message: ReactNode;
  /** What to try. */
  readonly advice?: ReactNode;
  /** Buttons that do what is advised. */
  readonly actions?: ReactNode;
  readonly onDismiss?: () => void;
}

/** Something to know. Errors interrupt a screen reader, the rest waits for a pause. */
export function Notice({ tone, message, advice, actions, onDismiss }: NoticeProps) {
  return (
    <div className={`c-notice is-${tone}`} role={tone === 'error' ? 'alert' : 'status'}>
      {tone === 'info' ? <Icon name="info" /> : <Icon name="warning" />}
      <div className="c-notice-text">
        <p>{message}</p>
        {advice && <p className="c-notice-advice">{advice}</p>}
        {actions && <div className="c-notice-actions">{actions}</div>}
      </div>
      {onDismiss && <IconButton label="Dismiss" icon={<Icon name="close" />} onClick={onDismiss} />}
    </div>
  );
}
