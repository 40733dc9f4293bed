import { kernelOf } from './kernel.ts';
import { Mailbox } from './mailbox.ts';
import type { Introduction } from './secondThread.ts';
import { perform } from './work.ts';

/** Halves of work until the first thread ends this one: between offers it sleeps, and it hears nothing else. */
self.onmessage = ({ data }: MessageEvent<Introduction>) => {
  const kernel = kernelOf(data.module, data.memory);
  const mailbox = new Mailbox(data.mailbox);
  for (;;) mailbox.serve((work) => perform(kernel, work));
};
