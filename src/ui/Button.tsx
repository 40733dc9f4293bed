import type { ComponentPropsWithRef, ReactNode } from 'react';
import { classNames } from './classNames.ts';
import { Tooltip } from './Tooltip.tsx';

export type ButtonVariant = 'plain' | 'primary' | 'quiet' | 'danger';

interface ButtonProps extends ComponentPropsWithRef<'button'> {
  readonly variant?: ButtonVariant;
  readonly icon?: ReactNode;
}

export function Button({ variant = 'plain', icon, className, children, ...rest }: ButtonProps) {
  return (
    <button type="button" className={classNames('c-button', `is-${variant}`, className)} {...rest}>
      {icon}
      {children !== undefined && <span>{children}</span>}
    </button>
  );
}

interface IconButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'children'> {
  /** Its name, spoken and in the tooltip. */
  readonly label: string;
  readonly icon: ReactNode;
  readonly variant?: ButtonVariant;
  /** For buttons that stay down, such as loop. */
  readonly pressed?: boolean;
  /** Key that does the same, shown in the tooltip. */
  readonly shortcut?: string;
}

/** A button that is only a picture; its name appears on hover and on keyboard focus. */
export function IconButton(props: IconButtonProps) {
  const { label, icon, variant = 'quiet', pressed, shortcut, className, ...rest } = props;
  return (
    <Tooltip text={shortcut ? `${label} (${shortcut})` : label}>
      <button
        type="button"
        className={classNames('c-button', 'c-icon-button', `is-${variant}`, className)}
        aria-label={label}
        aria-pressed={pressed}
        {...rest}
      >
        {icon}
      </button>
    </Tooltip>
  );
}
