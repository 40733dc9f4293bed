import { Dialog as RadixDialog } from 'radix-ui';
import { type ReactNode, useRef } from 'react';
import { classNames } from './classNames.ts';
import { Icon } from './icons.tsx';

interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description?: string;
  readonly children: ReactNode;
  /** Buttons, right-aligned below the content. */
  readonly actions?: ReactNode;
  readonly wide?: boolean;
}

/** A modal: takes the focus, keeps it, gives it back; Escape and the backdrop close it. */
export function Dialog({ open, onOpenChange, title, description, children, actions, wide }: DialogProps) {
  /** What had the focus before. */
  const opener = useRef<Element | null>(null);
  return (
    <RadixDialog.Root open={open} onOpenChange={onOpenChange}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="c-dialog-overlay" />
        <RadixDialog.Content
          className={classNames('c-dialog', wide && 'is-wide')}
          onOpenAutoFocus={() => {
            opener.current = document.activeElement;
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (opener.current instanceof HTMLElement) opener.current.focus();
          }}
          {...(description ? {} : { 'aria-describedby': undefined })}
        >
          <header className="c-dialog-head">
            <RadixDialog.Title className="c-dialog-title">{title}</RadixDialog.Title>
            <RadixDialog.Close className="c-button c-icon-button is-quiet" aria-label="Close">
              <Icon name="close" />
            </RadixDialog.Close>
          </header>
          {description && (
            <RadixDialog.Description className="c-dialog-description">{description}</RadixDialog.Description>
          )}
          <div className="c-dialog-body">{children}</div>
          {actions && <footer className="c-dialog-actions">{actions}</footer>}
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}
