import { Notice } from '../controls/Notice.tsx';
import { usePlayground, usePlaygroundActions } from '../store/react.ts';

/** What the person should know, newest last, over the lower corner of the page. */
export function NoticeList() {
  const notices = usePlayground((state) => state.notices);
  const { dismissNotice } = usePlaygroundActions();
  if (notices.length === 0) return null;
  return (
    <section className="notice-list" aria-label="Messages">
      {notices.map(({ id, tone, message, advice }) => (
        <Notice key={id} tone={tone} message={message} advice={advice} onDismiss={() => dismissNotice(id)} />
      ))}
    </section>
  );
}
