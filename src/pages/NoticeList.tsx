import { useState } from 'react';
import type { Remedy } from '../store/notices.ts';
import { usePlayground, usePlaygroundActions } from '../store/react.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { useVerdict } from './useVerdict.ts';
import './noticeList.css';

const LABELS: Readonly<Record<Remedy, string>> = {
  restart: 'Start again',
  reload: 'Reload the page',
  'predict-v': 'Predict v',
  'predict-x0': 'Predict x₀',
  'lower-rate': 'Lower it and train',
};

/** What the person should know, newest last, over the lower corner of the page. */
export function NoticeList() {
  const notices = usePlayground((state) => state.notices);
  const responding = usePlayground((state) => state.responding);
  const { dismissNotice } = usePlaygroundActions();
  const failure = useVerdict();
  const [read, setRead] = useState<string | null>(null);
  const unread = failure !== null && failure.advice !== read ? failure : null;
  if (notices.length === 0 && responding && unread === null) return null;
  return (
    <section className="notice-list" aria-label="Messages">
      {notices.map(({ id, tone, message, advice, remedies = [] }) => (
        <Notice
          key={id}
          tone={tone}
          message={message}
          advice={advice}
          actions={
            remedies.length > 0 && <RemedyButtons remedies={remedies} onUse={() => dismissNotice(id)} />
          }
          onDismiss={() => dismissNotice(id)}
        />
      ))}
      {unread !== null && (
        <Notice
          tone={unread.tone}
          message={unread.message}
          advice={unread.advice}
          actions={unread.remedies && <RemedyButtons remedies={unread.remedies} />}
          onDismiss={() => setRead(unread.advice)}
        />
      )}
      {!responding && (
        <Notice
          tone="warning"
          message="The engine has not answered for some seconds."
          advice="It may only be busy, and will go on. If it does not, start it again; the weights start afresh."
          actions={<RemedyButtons remedies={['restart']} />}
        />
      )}
    </section>
  );
}

interface RemedyButtonsProps {
  readonly remedies: readonly Remedy[];
  readonly onUse?: () => void;
}

function RemedyButtons({ remedies, onUse }: RemedyButtonsProps) {
  const actions = usePlaygroundActions();
  const use = (remedy: Remedy) => {
    onUse?.();
    switch (remedy) {
      case 'restart':
        return void actions.restart();
      case 'reload':
        return location.reload();
      case 'predict-v':
        return void actions.set({ output: 'v' });
      case 'predict-x0':
        return void actions.set({ output: 'x0' });
      case 'lower-rate':
        actions.set({ learningRate: 0.003 });
        return void actions.restart();
    }
  };
  return (
    <>
      {remedies.map((remedy) => (
        <Button key={remedy} onClick={() => use(remedy)}>
          {LABELS[remedy]}
        </Button>
      ))}
    </>
  );
}
