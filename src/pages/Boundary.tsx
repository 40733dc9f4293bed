import { Component, type ErrorInfo, Fragment, type ReactNode } from 'react';
import { Button } from '../ui/Button.tsx';
import './boundary.css';

interface BoundaryProps {
  /** What is within, as the subject of a sentence: "The charts". */
  readonly what: string;
  /** When one of these changes, what failed is tried again. */
  readonly resetOn?: readonly unknown[];
  readonly className?: string;
  readonly children: ReactNode;
}

interface BoundaryState {
  readonly problem: string | null;
  readonly attempt: number;
}

/** What throws within is replaced by a card that says so; everything around it goes on. */
export class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { problem: null, attempt: 0 };

  static getDerivedStateFromError(error: unknown): Partial<BoundaryState> {
    return { problem: error instanceof Error ? error.message : String(error) };
  }

  override componentDidCatch(_: Error, __: ErrorInfo): void {
    // React has told the console; the card tells the person.
  }

  override componentDidUpdate({ resetOn: before = [] }: BoundaryProps): void {
    const { resetOn: now = [] } = this.props;
    if (this.state.problem !== null && now.some((value, i) => value !== before[i])) this.retry();
  }

  readonly retry = (): void => {
    this.setState(({ attempt }) => ({ problem: null, attempt: attempt + 1 }));
  };

  override render(): ReactNode {
    const { what, className = '', children } = this.props;
    const { problem, attempt } = this.state;
    if (problem === null) return <Fragment key={attempt}>{children}</Fragment>;
    return (
      <section className={`failed-room ${className}`} role="alert">
        <p>
          <strong>{`${what} could not be shown.`}</strong>
        </p>
        <p className="failed-reason">{problem}</p>
        <p>Your experiment goes on and is kept in the address.</p>
        <div className="button-row">
          <Button onClick={this.retry}>Try again</Button>
          <Button onClick={() => location.reload()}>Reload the page</Button>
        </div>
      </section>
    );
  }
}
