import { Button } from '../controls/Button.tsx';
import { Notice } from '../controls/Notice.tsx';
import type { Remedy } from '../store/notices.ts';
import { usePlayground, usePlaygroundActions } from '../store/react.ts';

const LABELS: Readonly<Record<Remedy, string>> = {
  restart: 'Start again',
  reload: 'Reload the page',
  'predict-v': 'Predict v',
  'predict-x0': 'Predict x₀',
};

/** What the person should know, newest last, over the lower corner of the page. */
export function NoticeList() {
  const notices = usePlayground((state) => state.notices);
  const responding = usePlayground((state) => state.responding);
  const { dismissNotice } = usePlaygroundActions();
  if (notices.length === 0 && responding) return null;
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
    if (remedy === 'restart') void actions.restart();
    else if (remedy === 'reload') location.reload();
    else actions.set({ output: remedy === 'predict-v' ? 'v' : 'x0' });
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
