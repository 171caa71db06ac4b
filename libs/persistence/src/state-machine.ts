import { Problem } from '#contracts';

/**
 * Which state may follow which. Writes are compare-and-set on the states that may lead to the target
 * (`sourcesOf`), so two writers cannot both win; whoever loses gets the 409 of `refusal`.
 */
export class StateMachine<State extends string> {
  /**
   * @param domain first part of the error code: `executions` gives `executions.transition_not_allowed`
   * @param transitions for every state the states that may follow it; none for a final state
   */
  constructor(
    readonly domain: string,
    readonly transitions: Readonly<Record<State, readonly State[]>>,
  ) {}

  /** Those that something may still follow. */
  get unfinished(): State[] {
    return this.states.filter((state) => !this.isFinal(state));
  }

  get states(): State[] {
    return Object.keys(this.transitions) as State[];
  }

  allows(from: State, to: State): boolean {
    return this.transitions[from].includes(to);
  }

  /** @throws 409 `<domain>.transition_not_allowed` with `{from, to}` */
  assert(from: State, to: State): void {
    if (!this.allows(from, to)) throw this.refusal(from, to);
  }

  /** The states that may lead to `to`: the condition of a compare-and-set. */
  sourcesOf(to: State): State[] {
    return this.states.filter((from) => this.allows(from, to));
  }

  isFinal(state: State): boolean {
    return this.transitions[state].length === 0;
  }

  /** @param text for people, where there is a better one; @param from, @param to may be finer than the stored states */
  refusal(from: string, to: string, text = `Cannot change from ${from} to ${to}`): Problem {
    const move = { from, to };
    return new Problem(409, `${this.domain}.transition_not_allowed`, text, { data: move, extensions: move });
  }
}
