/**
 * A dependency without which a process should get no requests. Any provider of a service that has these two members
 * is found and asked at `/readyz`; nothing has to be registered.
 */
export interface ReadinessCheck {
  /** How the dependency is called in the answer: `mongodb`, `nats`, `streams`, or a service. */
  readonly readinessName: string;
  /** Resolves when the dependency can be used; rejects with a text for operators otherwise. Asked for at most 1 s. */
  checkReadiness(): Promise<void>;
}

/** Whether a provider is a {@link ReadinessCheck}. */
export function isReadinessCheck(candidate: unknown): candidate is ReadinessCheck {
  if (typeof candidate !== 'object' || candidate === null) return false;
  const { readinessName, checkReadiness } = candidate as Partial<ReadinessCheck>;
  return typeof readinessName === 'string' && typeof checkReadiness === 'function';
}
